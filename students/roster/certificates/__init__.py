"""Application forms and certificates of 延缓入学, 休学 and 复学 (T09, domain 3.8).

The guardian signs the form by hand; it is uploaded as a paper of the change. Once the county has
filed it, the township certifies the deferral or the suspension, the school the return: numbered
papers of the engine (foundation/papers).
"""
