"""Site memory: what pages teach of their site, and what that changes on others."""
