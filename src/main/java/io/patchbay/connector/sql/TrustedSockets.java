package io.patchbay.connector.sql;

import io.patchbay.connector.auth.Trust;
import io.patchbay.payload.StepException;
import java.security.GeneralSecurityException;
import org.postgresql.ssl.WrappedFactory;

/** Secure sockets that believe the authorities in a text; PostgreSQL's driver makes it by its name. */
public final class TrustedSockets extends WrappedFactory {

    /** @param pem certificates, or empty for those that Java trusts */
    public TrustedSockets(String pem) throws GeneralSecurityException {
        try {
            factory = Trust.context(pem).getSocketFactory();
        } catch (StepException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }
}
