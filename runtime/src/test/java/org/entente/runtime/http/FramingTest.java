package org.entente.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.protocol.Bytes;
import org.entente.runtime.http.fixture.RawClient;
import org.entente.runtime.http.fixture.Serving;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose end can be read in two ways: what one reader takes for a body, another takes for
/// the next request.
@Timeout(60)
final class FramingTest {
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nhost: h\r\n\r\n";
    private static final Routes ROUTES =
            Routes.none()
                    .post("/echo", request -> Reply.bytes("text/plain", request.body()))
                    .get("/hidden", _ -> Reply.bytes("text/plain", Bytes.utf8("it was served")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 5|transfer-encoding: chunked",
                "transfer-encoding: chunked|content-length: 5",
                "Content-Length: 0|Transfer-Encoding: Chunked",
                "content-length: 5|content-length: 6",
                "content-length: 5, 6",
                "content-length: 5|transfer-encoding: identity",
                "content-length: 5|transfer-encoding: gzip",
                "transfer-encoding: gzip",
                "transfer-encoding: chunked, identity",
                "transfer-encoding: identity, chunked",
                "transfer-encoding: chunked|transfer-encoding: chunked",
                "transfer-encoding: xchunked",
                "transfer-encoding : chunked|content-length: 5",
                "content-length: +5",
                "content-length: -5",
                "content-length: 0x5",
                "content-length: 5 5",
                "content-length: 99999999999999999999"
            })
    void an_ambiguous_end_is_refused_and_the_connection_closed(String headers) throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            client.send(
                    "POST /echo HTTP/1.1\r\nhost: h\r\n"
                            + headers.replace("|", "\r\n")
                            + "\r\n\r\n0\r\n\r\n"
                            + HIDDEN);
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("MALFORMED", "connection: close")
                    .doesNotContain("it was served");
        }
    }

    @Test
    void a_refusal_of_an_address_that_is_not_there_leaves_nothing_behind_either() throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            client.send(
                    "POST /nowhere HTTP/1.1\r\nhost: h\r\ncontent-length: 5\r\n"
                            + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n"
                            + HIDDEN);
            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("it was served");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 5\r\n\r\nhello",
                "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "Transfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
            })
    void one_end_is_read_and_the_next_request_after_it(String rest) throws Exception {
        try (Serving serving = Serving.plain(ROUTES);
                RawClient client = serving.raw()) {
            client.send("POST /echo HTTP/1.1\r\nhost: h\r\n" + rest + HIDDEN);
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200").endsWith("hello");
            assertThat(client.readAnswer()).startsWith("HTTP/1.1 200").endsWith("it was served");
        }
    }
}
