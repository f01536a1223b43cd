package io.patchbay.blueprint;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Files of a catalogue, by name: from its folder, or from beside its address. Bounded in time and size; no redirect is followed, so that
 * what proves who asks goes to no other host.
 */
final class Fetch {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration WHOLE = Duration.ofMinutes(2);
    /** RFC 9110 sections 5.1 and 5.5: without line breaks, nobody writes a second header. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret\\.([A-Za-z_][A-Za-z0-9_]{0,99})}");

    private final Path home;
    private final CatalogueFile.Place place;
    private final Catalogues.Access access;
    private final Duration whole;

    Fetch(Path home, CatalogueFile.Place place, Catalogues.Access access) {
        this(home, place, access, WHOLE);
    }

    /** @param whole how long one file may take */
    Fetch(Path home, CatalogueFile.Place place, Catalogues.Access access, Duration whole) {
        this.home = home;
        this.place = place;
        this.access = access;
        this.whole = whole;
    }

    /** The catalogue's own file. */
    byte[] catalogue(int most) throws IOException, InterruptedException {
        String url = place.url();
        return url == null
                ? file(Catalogue.FILE, most)
                        .orElseThrow(() -> none(folder().resolve(Catalogue.FILE)
                                + "; 'patchbay blueprint catalogue FOLDER' makes it of the archives there"))
                : get(URI.create(url), most).orElseThrow(() -> none(url));
    }

    /** The signature beside it; empty where there is none. */
    Optional<byte[]> signature(int most) throws IOException, InterruptedException {
        String url = place.url();
        return url == null ? file(Catalogue.FILE + ".minisig", most) : get(URI.create(url + ".minisig"), most);
    }

    /** An archive beside it. */
    byte[] archive(String name, long most) throws IOException, InterruptedException {
        String url = place.url();
        return (url == null ? file(name, most) : get(URI.create(url).resolve(name), most))
                .orElseThrow(() -> none(name + " beside it"));
    }

    private static BlueprintException none(String what) {
        return new BlueprintException("there is no " + what);
    }

    private Optional<byte[]> file(String name, long most) throws IOException {
        Path file = folder().resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(file) > most) {
            throw tooLarge(name, most);
        }
        return Optional.of(Files.readAllBytes(file));
    }

    private Path folder() {
        return home.resolve(String.valueOf(place.folder())).normalize();
    }

    private static BlueprintException tooLarge(String name, long most) {
        return new BlueprintException(name + " has more than " + most + " bytes");
    }

    private Optional<byte[]> get(URI address, long most) throws IOException {
        HttpGet request = new HttpGet(address);
        for (Map.Entry<String, String> header : place.headers().entrySet()) {
            String value = resolved(header.getKey(), header.getValue());
            if (!NAME.matcher(header.getKey()).matches()
                    || !VALUE.matcher(value).matches()) {
                throw new BlueprintException(
                        "the header '" + header.getKey() + "' cannot be sent: its name or value is none");
            }
            request.setHeader(header.getKey(), value);
        }
        // Also a server that drips what it says, or what nobody wants of it, is left then.
        CompletableFuture<Void> end = new CompletableFuture<Void>().orTimeout(whole.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> left = end.whenComplete((in, late) -> request.cancel());
        try (CloseableHttpClient client = access.way().get().client(CONNECT, ANSWER)) {
            try {
                // Its connection is cut, and closed with the client: to close the answer would read what is left of it.
                return read(address, client.executeOpen(null, request, null), most);
            } finally {
                end.complete(null);
            }
        } catch (BlueprintException e) {
            throw e;
        } catch (IOException e) {
            if (left.isCompletedExceptionally()) {
                throw new BlueprintException(address + " was not there as a whole within " + whole.toSeconds() + " s");
            }
            throw new BlueprintException(
                    address + " cannot be read: " + (e.getMessage() == null ? String.valueOf(e) : e.getMessage())
                            + (untrusted(e)
                                    ? "; if its certificate is right, name the file of its issuer under patchbay.http.ca"
                                            + " (PATCHBAY_HTTP_CA)"
                                    : ""));
        } finally {
            end.complete(null);
        }
    }

    private static Optional<byte[]> read(URI address, ClassicHttpResponse answer, long most) throws IOException {
        int status = answer.getCode();
        if (status == 404) {
            return Optional.empty();
        }
        if (status != 200) {
            throw new BlueprintException(address + " answered " + status
                    + (status / 100 == 3
                            ? ": redirects are not followed; write the address where it is"
                            : status == 401 || status == 403 ? ": look at its 'headers'" : ""));
        }
        if (answer.getEntity() == null) {
            return Optional.of(new byte[0]);
        }
        byte[] body = answer.getEntity().getContent().readNBytes(Math.toIntExact(most + 1));
        if (body.length > most) {
            throw new IOException("more than " + most + " bytes");
        }
        return Optional.of(body);
    }

    private static boolean untrusted(@Nullable Throwable why) {
        for (Throwable one = why; one != null; one = one.getCause()) {
            if (one instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private String resolved(String header, String text) {
        Matcher matcher = SECRET.matcher(text);
        StringBuilder value = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            matcher.appendReplacement(
                    value,
                    Matcher.quoteReplacement(access.secrets()
                            .apply(name)
                            .orElseThrow(() -> new BlueprintException("the secret '" + name + "' of the header '"
                                    + header + "' is not set: give it as PATCHBAY_SECRET_" + name))));
        }
        return matcher.appendTail(value).toString();
    }
}
