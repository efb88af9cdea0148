"""Every sentence a citizen reads, one file a subject; no other room holds prose."""
