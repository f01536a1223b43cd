package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Node;
import org.jspecify.annotations.Nullable;

/** The envelope around a SOAP body. */
@Doc("The envelope around a SOAP body")
public record SoapConfig(
        @Doc("Version of SOAP") @Default("'1.1'") SoapVersion version,

        @Doc("What the request is for: the SOAPAction header (1.1) or the action of the content type (1.2)") @Nullable
        Text action,

        @Doc("Content of the envelope's header, written like the template") @Nullable
        Node header) {

    /** SOAP 1.1 without header and action. */
    public static final SoapConfig DEFAULT = new SoapConfig(SoapVersion.V1_1, null, null);

    /** Versions of SOAP. */
    public enum SoapVersion {
        /** SOAP 1.1, W3C Note of 8 May 2000. */
        @Key("1.1")
        V1_1("http://schemas.xmlsoap.org/soap/envelope/"),
        /** SOAP 1.2, W3C Recommendation of 27 April 2007. */
        @Key("1.2")
        V1_2("http://www.w3.org/2003/05/soap-envelope");

        private final String namespace;

        SoapVersion(String namespace) {
            this.namespace = namespace;
        }

        /** Namespace of the envelope. */
        public String namespace() {
            return namespace;
        }
    }
}
