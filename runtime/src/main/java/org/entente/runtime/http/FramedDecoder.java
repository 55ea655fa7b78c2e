package org.entente.runtime.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/// Reads HTTP/1.1, and refuses a request whose end is told in two ways (RFC 9112 §6.3): a proxy
/// that believed the other one would see a second request in its body. Netty's own decoder drops
/// the content-length without a word.
final class FramedDecoder extends VertxHttpRequestDecoder {
    private static final String NAME = "httpDecoder";

    private FramedDecoder(HttpServerOptions options) {
        super(options);
    }

    /// In place of Vert.x's decoder, before it has read anything.
    static void reads(HttpConnection connection, HttpServerOptions options) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        if (pipeline.get(NAME) != null) {
            pipeline.replace(NAME, NAME, new FramedDecoder(options));
        }
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both content-length and transfer-encoding");
    }
}
