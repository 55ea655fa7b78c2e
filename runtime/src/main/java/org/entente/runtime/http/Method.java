package org.entente.runtime.http;

/// What a route can be asked with. HEAD is answered by the route of GET.
public enum Method {
    GET,
    POST,
    PUT,
    DELETE
}
