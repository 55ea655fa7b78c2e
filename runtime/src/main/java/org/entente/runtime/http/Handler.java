package org.entente.runtime.http;

/// Answers one request, in plain blocking code on a virtual thread of its own.
///
/// What it throws is our mistake: it is logged under an incident id and answered INTERNAL.
@FunctionalInterface
public interface Handler {
    Reply answer(Request request) throws Exception;
}
