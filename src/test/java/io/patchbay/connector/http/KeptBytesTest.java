package io.patchbay.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptBytesTest {

    @Test
    void whoWritesABeginningIsStoppedWhenItIsEnough() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 'x';
            }
        };
        KeptBytes beginning = KeptBytes.ofBeginning(100_000);

        assertThatThrownBy(() -> endless.transferTo(beginning)).isInstanceOf(KeptBytes.EnoughException.class);
        assertThat(beginning.bytes()).hasSize(100_000);
        assertThat(beginning.cut()).isTrue();
        assertThat(read.get()).isLessThan(200_000);
    }

    @Test
    void whatIsReadGoesOnBehindWhatIsKept() throws IOException {
        KeptBytes kept = new KeptBytes(3);

        assertThat(kept.of(new ByteArrayInputStream(new byte[10])).readAllBytes())
                .hasSize(10);
        assertThat(kept.bytes()).hasSize(3);
        assertThat(kept.cut()).isTrue();
    }
}
