"""The words by which furniture gives itself away, in the languages pages come in."""

from __future__ import annotations

import re

RELATED_LABEL = re.compile(
    r"^(?:related(?:\s+(?:content|articles?|stor(?:y|ies)|posts?|news|links?|coverage|"
    r"topics?|reading|items?|sponsored articles?|videos?))?|(?:you )?(?:may|might) also (?:like|be interested in)|"
    r"see also|also (?:read|see|on .{2,30})|read (?:also|next|more|on)|more (?:from|on|in|about|stories|news)"
    r"(?:\s.{1,40})?|more like this|recommended(?: (?:for you|reading|stories|articles))?|"
    r"(?:most (?:read|popular|viewed|shared)|popular|trending|latest|recent)(?: (?:now|articles|posts|stories|news))?|"
    r"don'?t miss|further reading|top stories|sponsored(?: content| links)?|promoted(?: stories)?|"
    r"from around the web|around the web|editor'?s picks?|what to read next|up next|"
    r"mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren|"
    r"weitere (?:artikel|themen|meldungen|nachrichten)|verwandte (?:artikel|themen)|zum thema|"
    r"à lire aussi|lire aussi|voir aussi|sur le même sujet|lea también|le puede interesar|"
    r"noticias relacionadas|leggi anche|lees ook|läs också|leia (?:também|mais))\s*[:.…»>]*$",
    re.I,
)
"""A line that only announces links to other articles."""

LINK_LEAD = re.compile(
    r"^\W*(?:read (?:more|also|next|on)|related|see also|also read|more|recommended|must read|"
    r"watch|listen|don'?t miss|lesen sie auch|mehr dazu|lire aussi|à lire aussi|lea también|"
    r"leggi anche|lees ook)\b(?:\s+on this)?\s*[:>»|–-]",
    re.I,
)
"""The beginning of a line that points to another article."""

LABELS = re.compile(
    r"^\W*(?:advertisement|advertisment|anzeige|werbung|publicité|article content|"
    r"story continues below(?: advertisement)?|article continues below(?: advertisement)?|"
    r"continue reading(?: below)?|share(?: this)?(?: (?:page|article|story|post|on .{2,20}))?|"
    r"share on (?:facebook|twitter|linkedin|x|whatsapp)|tweet|print(?: this)?(?: (?:page|article|story))?|"
    r"email(?: this)?(?: (?:article|story))?|e-mail|comments?|add (?:a )?comments?|leave a (?:reply|comment)|"
    r"post a comment|view comments|\d+ comments?|tags?|categories|filed under|topics|"
    r"font size|text size|story tools|article tools|click (?:here )?to enlarge|enlarge(?: this)? image|"
    r"enlarge|view gallery|photo gallery|sign up(?: (?:here|now))?|subscribe(?: (?:here|now))?|"
    r"subscribe to our newsletter|sign up (?:for|to) our .{0,40}newsletters?|newsletter|follow us(?: on .{2,40})?|"
    r"rss feeds?|back to top|top of page|loading|close|skip advertisement|toggle caption|"
    r"hide caption|play video|watch video|listen live|copy link|save|like|teilen|drucken|kommentare|"
    r"please (?:log ?in|login|sign in|register).{0,80}|already a subscriber.{0,40}|"
    r"(?:you must be )?logged in to (?:post a )?comment|view the discussion thread|"
    r"get (?:the|our) .{2,40} newsletter|listen to (?:this )?article|ad|___+|\W+)\W*$",
    re.I,
)
"""A line that is a control, a slot or a heading of furniture, and nothing else."""

TAIL = re.compile(
    r"^\W*(?:©|copyright\b|all rights reserved|\(?for updates you can share|follow .{2,40} on "
    r"(?:twitter|facebook|x|linkedin|instagram)|like us on|write to .{3,60} at \S+@|contact (?:the|us) .{0,60}@|"
    r"follow (?:us|him|her|me)\b|join (?:us|our|the) .{0,60}(?:newsletter|facebook|twitter)|"
    r"this material may not be published|have a (?:news )?tip\b|send (?:us )?(?:your )?(?:news )?tips|"
    r"sign up (?:for|to)|subscribe (?:to|now|today)|e-?mail .{2,60}@\S+\s*$|"
    r"our website is the place for|download (?:our|the) .{2,30} app|click here (?:to|for)|"
    r"the views expressed|opinions expressed)",
    re.I,
)
"""The beginning of a line that closes a page and not an article."""

BYLINE = re.compile(
    r"^(?:by|von|par|por|words by|written by|posted by|reported by|text:|foto:)\s+[^.!?]{2,110}$",
    re.I,
)
DATELINE = re.compile(
    r"^\W*(?:(?:first |last |originally )?(?:published|updated|posted|modified|created|date|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado)\b"
    r"(?: (?:on|at|by))?\s*:?|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,2}[./ ])",
    re.I,
)
