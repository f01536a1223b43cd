package io.patchbay.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.AbstractJackson2HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Gives what is read as JSON an {@code ETag}, a hash of what it says, and leaves it out (304) for who has it already. Only the view
 * is hashed, which is in memory anyway: streams, payloads and exports do not come by here, and no answer is kept to be looked at.
 */
@ControllerAdvice(basePackageClasses = EntityTags.class)
final class EntityTags implements ResponseBodyAdvice<Object> {

    /** Bytes of the hash that are shown: two that differ are never the same by chance. */
    private static final int SHOWN = 16;

    /** Stands between a version and the hash. */
    private static final char BEHIND_VERSION = '.';

    private final ObjectMapper json;

    /** @param json the API's mapper; maps without an order are hashed in that of their keys */
    EntityTags(ObjectMapper json) {
        this.json = json.copy().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    }

    /** What can change in ways that a change of it does not mind, such as how its calls went. */
    interface Versioned {

        /** Another one after each change that somebody made; null where nobody can. */
        @Nullable
        String revision();
    }

    @Override
    public boolean supports(MethodParameter answer, Class<? extends HttpMessageConverter<?>> converter) {
        return AbstractJackson2HttpMessageConverter.class.isAssignableFrom(converter)
                && answer.hasMethodAnnotation(GetMapping.class);
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter answer,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null
                || !(request instanceof ServletServerHttpRequest asked)
                || !(response instanceof ServletServerHttpResponse told)) {
            return body;
        }
        ServletWebRequest exchange = new ServletWebRequest(asked.getServletRequest(), told.getServletResponse());
        return exchange.checkNotModified(of(body)) ? null : body;
    }

    /** The tag of a view, with its quotes. */
    String of(Object view) {
        String version = version(view);
        return '"' + (version == null ? "" : version + BEHIND_VERSION) + hash(view) + '"';
    }

    /** Whether nobody changed what a tag was given for: of what has versions, those are compared, not how it stands. */
    boolean stillIs(Object view, String tag) {
        String version = version(view);
        return version == null ? tag.equals(of(view)) : tag.startsWith('"' + version + BEHIND_VERSION);
    }

    private static @Nullable String version(Object view) {
        return view instanceof Versioned versioned ? versioned.revision() : null;
    }

    private String hash(Object view) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            json.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), digest), view);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), SHOWN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each Java has it
        }
    }
}
