package meridian.checker.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/// An HTTP/1.1 response as far as a probe needs it, read by the parser of HttpComponents Core.
///
/// Whatever the endpoint sends, at most 64 KiB of status and headers are read, each line at most 8
/// KiB, and at most 64 KiB of a body, which may take 256 KiB with the framing of tiny chunks.
final class HttpResponse {

    private static final int MAX_LINE = 8 * 1024;
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_FRAMED_BODY = 256 * 1024;

    private static final Http1Config LIMITS =
            Http1Config.custom()
                    .setMaxLineLength(MAX_LINE)
                    .setMaxHeaderCount(1000)
                    .setMaxEmptyLineCount(1)
                    .build();

    private final RationedInput input;
    // Small, since thousands are made in a second and most responses fit.
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(2048, MAX_LINE);
    private final ClassicHttpResponse head;

    private HttpResponse(InputStream in) throws IOException {
        input = new RationedInput(in, MAX_HEAD);
        head = readHead();
    }

    /// Reads up to the end of the headers.
    static HttpResponse readFrom(InputStream in) throws IOException {
        return new HttpResponse(in);
    }

    int status() {
        return head.getCode();
    }

    /// Whether `text` is within the first 64 KiB of the body; reads no further than it must.
    boolean bodyHas(byte[] text) throws IOException {
        input.grant(MAX_FRAMED_BODY);
        try {
            return TextSearch.finds(text, body(), MAX_BODY);
        } catch (RationedInput.Exhausted _) {
            return false;
        } catch (MalformedChunkCodingException | ConnectionClosedException _) {
            throw new NotHttp("connection closed within the body, or its chunks are malformed");
        } catch (HttpException _) {
            throw new NotHttp("headers do not tell where the body ends");
        }
    }

    private ClassicHttpResponse readHead() throws IOException {
        try {
            return finalHead();
        } catch (MessageConstraintException | RationedInput.Exhausted _) {
            throw new NotHttp("headers exceed 64 KiB, or a line of them 8 KiB");
        } catch (HttpException | IllegalArgumentException _) {
            throw noHead();
        }
    }

    /// The first head that is not an interim one (RFC 9110 §15.2).
    private ClassicHttpResponse finalHead() throws IOException, HttpException {
        ClassicHttpResponse next;
        do {
            next = new DefaultHttpResponseParser(LIMITS).parse(buffer, input);
            // The parser takes the end of the stream for the end of the headers.
            if (input.hasEnded()) throw noHead();
        } while (next.getCode() < HttpURLConnection.HTTP_OK);
        return next;
    }

    private NotHttp noHead() {
        String beginning = input.beginning();
        if (beginning.isEmpty()) return new NotHttp("connection closed without an answer");
        if (input.hasEnded() && beginning.startsWith("HTTP/"))
            return new NotHttp("connection closed within the headers");
        return new NotHttp("answer is not HTTP: it begins \"" + beginning + "\"");
    }

    private InputStream body() throws HttpException {
        if (head.getCode() == HttpURLConnection.HTTP_NO_CONTENT
                || head.getCode() == HttpURLConnection.HTTP_NOT_MODIFIED)
            return InputStream.nullInputStream();
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
        if (length == ContentLengthStrategy.CHUNKED)
            return new ChunkedInputStream(buffer, input, LIMITS);
        if (length == ContentLengthStrategy.UNDEFINED)
            return new IdentityInputStream(buffer, input);
        return new ContentLengthInputStream(buffer, input, length);
    }
}
