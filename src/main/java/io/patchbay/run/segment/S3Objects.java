package io.patchbay.run.segment;

import io.patchbay.outbound.Outbound;
import io.patchbay.outbound.ProxyFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of S3, or of a store that speaks like it. Checksums that only Amazon's own store knows are left out; blocks have their own. The
 * library is loaded with this class, and this class only when a bucket is named.
 */
public final class S3Objects implements ObjectStore {

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /**
     * A client; nothing is called yet.
     *
     * @param keys who it is; null for what the environment or the machine's role says
     * @param way how its calls leave the machine
     */
    public S3Objects(ObjectsProperties settings, String bucket, @Nullable Keys keys, Outbound way) {
        this.bucket = bucket;
        this.prefix = settings.prefix();
        Duration timeout = settings.timeout();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(keys))
                .httpClient(new ObjectsHttp(way, timeout))
                .overrideConfiguration(
                        each -> each.apiCallTimeout(timeout.multipliedBy(3)).apiCallAttemptTimeout(timeout))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint()).forcePathStyle(true);
        }
        this.client = builder.build();
    }

    /** A key's id and what proves it. Never shown. */
    public record Keys(String id, String secret) {
        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    private static AwsCredentialsProvider credentials(@Nullable Keys keys) {
        return keys == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.id(), keys.secret()));
    }

    /**
     * Writes and deletes a small object.
     *
     * @return what the store has against it, a sentence; empty when it took it, or could not be asked: it may come later
     */
    public String refusal() {
        String name = prefix + "patchbay-was-here";
        try {
            client.putObject(each -> each.bucket(bucket).key(name), RequestBody.fromString("patchbay"));
            client.deleteObject(each -> each.bucket(bucket).key(name));
            return "";
        } catch (S3Exception e) {
            return later(e.statusCode()) ? "" : said(e);
        } catch (SdkException e) {
            return away(e) ? "" : "the store of objects cannot be asked: " + e.getMessage();
        }
    }

    /** Whether the same may be answered otherwise without a change of settings; a redirection says that region or endpoint is wrong. */
    private static boolean later(int status) {
        return status == 408 || status == 429 || status / 100 == 5;
    }

    private static boolean away(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
            if (cause instanceof ProxyFailure proxy) {
                return proxy.passing();
            }
            if (cause instanceof IOException || cause instanceof ApiCallTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private String said(S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        return "the store of objects answered " + e.statusCode() + (code.isEmpty() ? "" : " (" + code + ")")
                + " for bucket '" + bucket + "'";
    }

    @Override
    public void put(String name, Path file) throws IOException {
        call(() -> client.putObject(each -> each.bucket(bucket).key(prefix + name), RequestBody.fromFile(file)));
    }

    @Override
    public byte[] get(String name, long at, int length) throws IOException {
        return call(() -> client.getObjectAsBytes(
                        each -> each.bucket(bucket).key(prefix + name).range("bytes=" + at + "-" + (at + length - 1))))
                .asByteArray();
    }

    @Override
    public void delete(String name) throws IOException {
        call(() -> client.deleteObject(each -> each.bucket(bucket).key(prefix + name)));
    }

    private interface Call<T> {
        T run();
    }

    private <T> T call(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (S3Exception e) {
            throw new IOException(said(e), e);
        } catch (SdkException e) {
            throw new IOException("the store of objects did not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
