package io.patchbay.api;

import io.patchbay.payload.Body;
import io.patchbay.store.Store;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts large payloads where the store keeps its files. */
@Configuration(proxyBeanMethods = false)
class BodiesConfiguration {

    @Bean
    Bodies incomingBodies(Store store) {
        return new Bodies() {
            @Override
            public Body keep(InputStream in, String contentType, long most) throws IOException {
                try {
                    return store.bodies().keep(in, contentType, most);
                } catch (io.patchbay.store.BodyTooLargeException e) {
                    throw new BodyTooLargeException(most);
                }
            }

            @Override
            public void discard(Body body) {
                store.bodies().discard(body);
            }
        };
    }
}
