"""In: one query parameter; out: whether it says nothing of which page is meant.

Two kinds are left out of an address: those that tell where a reader came from
(tracking), and those that tell one visit from another (sessions).
"""

from __future__ import annotations

import re

# Names that only tell where a reader came from. Sources: the documentation of
# Google Analytics and Ads, Meta, Microsoft, HubSpot, Mailchimp, Marketo, Matomo,
# AT Internet, Adobe, Yandex, Dotdigital, Salesforce and Impact, and names on which
# at least two of the public lists ClearURLs, Brave clean-urls and DandelionSprout's
# LegitimateURLShortener agree. All lower case; compared without case.
_TRACKING = """
    __s __twitter_impression _bhlid _branch_match_id _branch_referrer _bta_c _bta_tid
    _ga _gac _gl _ke _kx _openstat action_object_map action_ref_map action_type_map
    bbeml campaignid_ut ceneo_spo cm_cr cm_me cm_mmc cm_re cmp cmpid cx_click
    cx_recsorder cx_recswidget dclid dicbo dm_i dm_t ef_id epik et_cid et_rid
    external_click_id fb_comment_id fb_ref fb_source fbclid ftag gbraid gclid gclsrc
    guccounter guce_referrer guce_referrer_sig hsctatracking icid icmpid ig_rid igsh
    igshid intcmp ir_campaignid ir_adid ir_partnerid irclickid irgwc ito li_fat_id
    mbid mc_cid mc_eid mc_tc mindbox-click-id mkt_tok mkwid ml_subscriber
    ml_subscriber_hash msclkid ncid ns_campaign ns_fee ns_linkname ns_mchannel
    ns_source obclid obsessionid ocid oly_anon_id oly_enc_id os_ehash pcrid
    rb_clickid recip_id ref_src ref_url referrer_id replytocom rtid s_cid s_kwcid
    sc_cid sc_campaign sc_channel sc_eh sc_uid smid smtyp sms_click sms_source
    sms_uph soc_src soc_trk spm spref srsltid ss_email_id taid tblci tracking_source
    trk trkcampaign trkinfo ttclid twclid unicorn_click_id vero_conv vero_id vgo_ee
    wbraid wickedid wickedsource wprov wt.mc_id wt_zmc xtor yclid ymclid ysclid zanpid
"""
TRACKING_NAMES = frozenset(_TRACKING.split())
TRACKING_PREFIXES = (
    "utm_",
    "at_",
    "bsft_",
    "elq",
    "fb_action_",
    "ga_",
    "gad_",
    "gdf",
    "_hs",
    "__hs",
    "hmb_",
    "hsa_",
    "itm_",
    "matomo_",
    "mtm_",
    "oft_",
    "piwik_",
    "pk_",
    "sfmc_",
)

# Names that may carry a page's identity, but not with one of these values.
_CHANNEL_NAMES = "channel from medium ref referer referrer rss share source src via"
CHANNEL_NAMES = frozenset(_CHANNEL_NAMES.split())
_CHANNELS = """
    app atom bluesky bookmark copy email e-mail facebook fb feed feedburner feedly
    flipboard google googlenews home homepage instagram linkedin mail mastodon msn
    newsletter newsletters nl pinterest pocket print-friendly push reddit related rss
    search share skype social sms telegram threads tumblr twitter whatsapp x
    yahoo youtube
"""
CHANNELS = frozenset(_CHANNELS.split())
# The value that turns a page into another dress of itself.
AMP_NAMES = frozenset(["amp", "outputtype"])
AMP_VALUES = frozenset(["", "1", "amp", "true", "yes"])

_SESSION_NAMES = """
    cfid cftoken jsessionid oscsid phpsessid phpsessionid sessid session_id sessionid
    zenid
"""
SESSION_NAMES = frozenset(_SESSION_NAMES.split())
SESSION_PREFIXES = ("aspsessionid",)
# A name too short to be trusted alone: dropped where its value is a token.
SESSION_MAYBE = frozenset(["s", "session", "sess", "sid"])
_TOKEN = re.compile(
    r"(?=.*[0-9])(?=.*[a-z])(?:[0-9a-f]{10,}|[0-9a-z]{16,})", re.IGNORECASE
)


def is_noise(name: str, value: str) -> bool:
    """Whether a query parameter says nothing of which page is meant."""
    name, value = name.lower(), value.strip()
    if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES):
        return True
    if name in CHANNEL_NAMES:
        return value.lower() in CHANNELS
    if name in AMP_NAMES:
        return value.lower() in AMP_VALUES
    return is_session(name, value)


def is_session(name: str, value: str) -> bool:
    """Whether a parameter, of the query or of a path segment, tells visits apart."""
    name = name.lower()
    if name in SESSION_MAYBE:
        return _TOKEN.fullmatch(value) is not None
    return name in SESSION_NAMES or name.startswith(SESSION_PREFIXES)
