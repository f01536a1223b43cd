package io.patchbay.runtime;

import io.patchbay.outbound.Outbound;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.run.segment.ObjectStore;
import io.patchbay.run.segment.ObjectsProperties;
import io.patchbay.run.segment.S3Objects;
import io.patchbay.secret.Secrets;
import io.patchbay.store.StoreCannotOpenException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the store of objects for captured payloads when a bucket is named; which that is, is known at the start alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ObjectsProperties.class)
class ObjectStoreConfiguration {

    @Bean
    CapturedSegments.Outside capturedOutside(ObjectsProperties settings, Secrets secrets, Outbound way) {
        String bucket = settings.bucket();
        return bucket == null
                ? CapturedSegments.Outside.NOWHERE
                : new CapturedSegments.Outside(
                        open(settings, bucket, secrets, way), settings.buffer().toBytes());
    }

    private static ObjectStore open(ObjectsProperties settings, String bucket, Secrets secrets, Outbound way) {
        String id = settings.accessKey();
        S3Objects.Keys keys = id == null
                ? null
                : new S3Objects.Keys(secret(secrets, id), secret(secrets, String.valueOf(settings.secretKey())));
        S3Objects objects = new S3Objects(settings, bucket, keys, way);
        String refusal = objects.refusal();
        if (!refusal.isEmpty()) {
            objects.close();
            throw new StoreCannotOpenException(refusal
                    + " [OBJECT_STORE] hint: patchbay.history.objects names bucket, endpoint, region and the secrets of a key that"
                    + " may write, read and delete there");
        }
        return objects;
    }

    private static String secret(Secrets secrets, String name) {
        return secrets.find(name)
                .orElseThrow(() -> new StoreCannotOpenException("patchbay.history.objects names the secret '" + name
                        + "', and there is none [NO_SECRET] hint: set" + " PATCHBAY_SECRET_" + name
                        + ", or put a file of that name into patchbay.secrets.dir"))
                .reveal();
    }
}
