package org.entente.certs.est;

import org.entente.protocol.Bytes;

/// A successful answer, for status 200. The body is base64 in lines, as RFC 7030 §4 sends it.
public record EstReply(String contentType, String contentTransferEncoding, Bytes body) {}
