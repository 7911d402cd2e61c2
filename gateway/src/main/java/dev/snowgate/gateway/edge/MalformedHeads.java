package dev.snowgate.gateway.edge;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What the server itself would answer with an empty error: a target that is no URL, a line or headers that are too long, a version or
 * a host that is none. Such a request is made legible and marked, so that it goes the way of every other one and is refused at its
 * beginning: in the form of its path's dialect, recorded, in its turn. One per connection.
 */
final class MalformedHeads extends ChannelDuplexHandler {
    /** The mark; what a client sends under this name is taken away, and could only refuse its own request. */
    static final String MARK = "x-snowgate-malformed";

    static final String NOT_UNDERSTOOD = "not-understood";
    static final String TOO_LONG = "too-long";
    private static final int LONGEST_PATH = 200;
    private static final long LINGER_MILLIS = 1_000;
    private static final Pattern ILLEGIBLE = Pattern.compile("[^A-Za-z0-9/._~-]");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private boolean lost;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (lost) {
            // What follows a head that was not understood has no beginning.
            ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message instanceof HttpRequest request ? legible(request) : message);
        if (lost) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /**
     * Whoever sends a head without end is still sending: closing at once would reset the connection before the answer was read. What
     * comes is thrown away for a moment.
     */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (lost
                && context.channel() instanceof DuplexChannel duplex
                && duplex.isActive()
                && !duplex.isOutputShutdown()) {
            duplex.shutdownOutput();
            duplex.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(promise), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            context.close(promise);
        }
    }

    private HttpRequest legible(HttpRequest request) {
        request.headers().remove(MARK);
        if (request.decoderResult().isFailure()) {
            lost = true;
            ReferenceCountUtil.release(request);
            return standIn(request);
        }
        boolean version = request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        boolean host = isHost(request.headers().getAll(HttpHeaderNames.HOST));
        if (version && host && isTarget(request.uri())) {
            return request;
        }
        request.headers().set(MARK, NOT_UNDERSTOOD);
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        request.setUri(path(request.uri()));
        return request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    /** A request without a body in place of one whose end is not known; the connection ends with its answer. */
    private static HttpRequest standIn(HttpRequest request) {
        Throwable cause = request.decoderResult().cause();
        boolean tooLong = cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
        HttpRequest whole = new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), path(request.uri()));
        whole.headers()
                .set(MARK, tooLong ? TOO_LONG : NOT_UNDERSTOOD)
                .set(HttpHeaderNames.HOST, "localhost")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return whole;
    }

    private static boolean isTarget(String target) {
        try {
            String whole = target.startsWith("/") ? "http://localhost" + target : target;
            URI uri = new URI(whole);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isHost(List<String> named) {
        return named.isEmpty()
                || named.size() == 1 && HOST.matcher(named.getFirst()).matches();
    }

    /** What can be read of the path: enough to tell its dialect by. */
    private static String path(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        String legible = ILLEGIBLE.matcher(path).replaceAll("_");
        String cut = legible.length() > LONGEST_PATH ? legible.substring(0, LONGEST_PATH) : legible;
        return cut.startsWith("/") ? cut : "/";
    }
}
