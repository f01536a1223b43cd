package io.patchbay.blueprint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of a catalogue, by name: from its folder, or from beside its address. Bounded in time and size; no redirect is followed, so that
 * what proves who asks goes to no other host.
 */
final class Fetch {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long WHOLE_SECONDS = 120;
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret\\.([A-Za-z_][A-Za-z0-9_]{0,99})}");

    private final Path home;
    private final CatalogueFile.Place place;
    private final Function<String, Optional<String>> secrets;
    private final HttpClient client;

    Fetch(Path home, CatalogueFile.Place place, Function<String, Optional<String>> secrets, HttpClient.Builder client) {
        this.home = home;
        this.place = place;
        this.secrets = secrets;
        this.client = client.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
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

    private Optional<byte[]> get(URI address, long most) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("User-Agent", "Patchbay");
        for (Map.Entry<String, String> header : place.headers().entrySet()) {
            try {
                request.header(header.getKey(), resolved(header.getKey(), header.getValue()));
            } catch (IllegalArgumentException e) {
                throw new BlueprintException(
                        "the header '" + header.getKey() + "' cannot be sent: its name or value is none");
            }
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(
                request.build(),
                BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length > most) {
                        throw new UncheckedIOException(new IOException("more than " + most + " bytes"));
                    }
                    body.writeBytes(bytes);
                })));
        try {
            int status = answer.get(WHOLE_SECONDS, TimeUnit.SECONDS).statusCode();
            if (status == 404) {
                return Optional.empty();
            }
            if (status != 200) {
                throw new BlueprintException(address + " answered " + status
                        + (status / 100 == 3
                                ? ": redirects are not followed; write the address where it is"
                                : status == 401 || status == 403 ? ": look at its 'headers'" : ""));
            }
            return Optional.of(body.toByteArray());
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            throw new BlueprintException(address + " cannot be read: "
                    + (why == null || why.getMessage() == null ? String.valueOf(why) : why.getMessage())
                    + (untrusted(why)
                            ? "; if its certificate is right, give Java a trust store that has it:"
                                    + " -Djavax.net.ssl.trustStore=FILE in JAVA_TOOL_OPTIONS"
                            : ""));
        } catch (TimeoutException e) {
            throw new BlueprintException(address + " did not answer within " + WHOLE_SECONDS + " s");
        } finally {
            answer.cancel(true);
        }
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
                    Matcher.quoteReplacement(secrets.apply(name)
                            .orElseThrow(() -> new BlueprintException("the secret '" + name + "' of the header '"
                                    + header + "' is not set: give it as PATCHBAY_SECRET_" + name))));
        }
        return matcher.appendTail(value).toString();
    }
}
