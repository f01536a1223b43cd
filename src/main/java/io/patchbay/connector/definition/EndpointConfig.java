package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.ObjectReader;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Range;
import io.patchbay.format.CsvSettings;
import io.patchbay.format.FormatName;
import io.patchbay.format.JsonSettings;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One operation of a system. */
@Doc("One operation of the system")
public record EndpointConfig(
        @Doc("What it does to the system") Kind kind,

        @Doc("What people call it") @Nullable String title,

        @Doc("What a connection shape may pass in as 'with'") @Default("{}")
        Map<String, InputConfig> inputs,

        @Doc("In place of the requester's timeout") @Nullable
        Duration timeout,

        @Doc("In place of the connector's rules") @Nullable ErrorHandlerConfig errorHandler,

        @Doc("What is different in the limits for these calls") @Nullable
        EndpointLimitConfig rateLimit,

        @Doc("HTTP method") @Nullable String method,

        @Doc("Path behind baseUrl; what a placeholder yields is encoded and stays one part of it") @Nullable
        Text path,

        @Doc("A whole address in place of baseUrl and path, on one of the allowedHosts, like ${with.url}") @Nullable
        Text url,

        @Doc("Whether credentials, and headers and query of the requester, go to another host than baseUrl's too (url)")
        @Default("false")
        boolean sendCredentials,

        @Doc("What is sent") @Nullable RequestConfig request,

        @Doc("What comes back") @Nullable ResponseConfig response,

        @Doc("Where the records of an answer stand") @Nullable
        RecordSelectorConfig recordSelector,

        @Doc("How an answer goes on in further pages") @Nullable
        PaginatorConfig paginator,

        @Doc("How a list that grows is read on from where the runs before came") @Nullable
        IncrementalConfig incremental,

        @Doc("What one pull of the list holds that begins at no cursor; only of a full one can be told what is missing")
        @Nullable
        Completeness completeness,

        @Doc("How a flow that reads the list learns what was deleted in the system") @Nullable
        DeletesConfig deletes,

        @Doc("Reads this list once for each record of another one") @Nullable
        PartitionConfig partition,

        @Doc("A job of the system, in place of a request") @Nullable
        AsyncJobConfig asyncJob,

        @Doc("How many records one request may carry") @Nullable
        BatchConfig batch,

        @Doc("Where the answer of a write says which of its records failed") @Nullable
        PartialResultConfig partialResult,

        @Doc("How the system knows a repeated request") @Nullable
        IdempotencyConfig idempotency,

        @Doc("How many requests of one payload may be on their way at the same time")
        @Default("1")
        @Range(min = 1, max = 64)
        int concurrency,

        @Doc("Which records wait for records before them, and are held back when one of those failed") @Default("none")
        Ordering ordering,

        @Doc("What records have in common that are sent in order (ordering: perKey), like ${record.customer.id}")
        @Nullable
        Text orderingKey,

        @Doc("A file operation, in place of method and path") @Nullable
        FileConfig file,

        @Doc("A query or statement on a database, in place of method and path") @Nullable
        SqlConfig sql,

        @Doc("A mail, in place of method and path") @Nullable
        MailConfig mail,

        @Doc("A message for a broker, in place of method and path") @Nullable
        QueueConfig queue) {

    /** The methods that may be declared. */
    public static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** @throws IllegalArgumentException if it is no operation, or several */
    public EndpointConfig {
        if (Stream.of(method, file, sql, mail, queue, asyncJob)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            throw new IllegalArgumentException(
                    "an endpoint needs one of 'method' with 'path', 'file', 'sql', 'mail', 'queue' or 'asyncJob', and only one");
        }
        if (method != null && (path == null) == (url == null)) {
            throw new IllegalArgumentException(
                    "an endpoint with 'method' needs a 'path', or a whole 'url' in its place");
        }
        if (sendCredentials && url == null) {
            throw new IllegalArgumentException("'sendCredentials' belongs to 'url'");
        }
    }

    /** Whether one answer is read piece by piece, as many payloads, and not as a whole. */
    public boolean inPieces() {
        boolean chunked = recordSelector != null && recordSelector.chunk() != null;
        boolean formed = response != null && response.content() != null;
        return chunked || (formed && !kind.acts() && paginator == null && incremental == null);
    }

    /** What one pull of a list holds. */
    public enum Completeness {
        /** All that the list has. */
        FULL,
        /** What changed in some time. */
        WINDOW,
        /** The newest, or the first of some order. */
        TOP_N
    }

    /** Which records wait for others. */
    public enum Ordering {
        /** None. */
        NONE,
        /** Those with the same key. */
        PER_KEY,
        /** Each one for all before it. */
        STRICT
    }

    /** What an endpoint does to the system. */
    public enum Kind {
        /** Reads; may be repeated freely. */
        READ,
        /** Creates or changes. */
        WRITE,
        /** Deletes. */
        DELETE,
        /** Creates or changes by a key: repeating it changes nothing. */
        UPSERT,
        /** Makes the system do something. */
        ACTION,
        /** Asks for events, or ends that. */
        SUBSCRIBE;

        /** Whether it changes something outside. */
        public boolean acts() {
            return this != READ;
        }
    }

    /** What is sent. */
    @Doc("What is sent")
    public record RequestConfig(
            @Doc("Query parameters; one that reads an input or an optional setting that is not given is left out")
            @Default("{}")
            Map<String, Text> query,

            @Doc("Headers; one that reads an input or an optional setting that is not given is left out") @Default("{}")
            Map<String, Text> headers,

            @Doc("The body; without it a write sends the payload as it is") @Nullable
            BodyConfig body,

            @Doc("In place of 'body': the records of the payload are sent in a format of files") @Nullable
            ContentConfig content,

            @Doc(
                    "JSON Schema (2020-12) of the body, or of each record of a batch: a file of this folder, like ./order.schema.json. What does not fit fails and is not sent")
            @Nullable
            String schema,

            @Doc("How the body is compressed (Content-Encoding); only for systems that say that they take it")
            @Default("none")
            Compression compression,

            @Doc(
                    "File in the connector's folder whose function request changes each request before it is signed and sent")
            @Nullable
            String script) {

        /** Nothing beyond the method and path. */
        public static final RequestConfig NONE =
                new RequestConfig(Map.of(), Map.of(), null, null, null, Compression.NONE, null);

        /** @throws IllegalArgumentException if there are two bodies, or content that cannot be sent */
        public RequestConfig {
            if (content != null) {
                if (body != null) {
                    throw new IllegalArgumentException("a request has one body: leave 'body' or 'content' out");
                }
                content.checkWrite();
            }
        }

        /** Compression of bodies. */
        public enum Compression {
            /** None. */
            NONE,
            /** RFC 1952. */
            GZIP
        }
    }

    /** The body of a request. */
    @Doc("The body of a request")
    public record BodyConfig(
            @Doc("Form of the body") @Default("json") Type type,

            @Doc(
                    "The content with placeholders: any JSON value, form fields or parts by name, or text; of a GraphQL request query, variables, operationName and extensions;"
                            + " for xml and soap the document as text, whose placeholders are escaped, or a mapping that stands for it")
            @Nullable
            Node template,

            @Doc("The envelope (soap)") @Nullable SoapConfig soap) {

        /** @throws IllegalArgumentException if it describes an envelope and sends none */
        public BodyConfig {
            if (soap != null && type != Type.SOAP) {
                throw new IllegalArgumentException("'soap' belongs to 'type: soap'");
            }
        }

        /** Forms of a body. */
        public enum Type {
            /** JSON. */
            JSON,
            /** Form fields. */
            FORM,
            /** Plain text. */
            TEXT,
            /** No body. */
            NONE,
            /** XML. */
            XML,
            /** A SOAP envelope. */
            SOAP,
            /** Parts (RFC 7578): a mapping of their names. */
            MULTIPART,
            /** A GraphQL request: query and variables; an answer with errors is a failure. */
            GRAPHQL
        }
    }

    /** What comes back. */
    @Doc("What comes back")
    public record ResponseConfig(
            @Doc("Form of the answer") @Default("json") Format format,

            @Doc("In place of 'format': the answer is in a format of files, and is read record by record") @Nullable
            ContentConfig content,

            @Doc("Headers that the payload keeps as metadata header.NAME") @Default("[]")
            java.util.List<String> keepHeaders,

            @Doc("Character set of the answer, in place of what it says of itself; UTF-8 when neither does") @Nullable
            Charset encoding,

            @Doc("Columns and delimiter (csv)") @Nullable CsvConfig csv,

            @Doc("How JSON is read (json, ndjson)") @Nullable
            JsonSettings json,

            @Doc("Whether an answer that is a gzip file is unpacked; binary content never is") @Default("auto")
            Decompress decompress,

            @Doc("JSON Schema (2020-12) of each record: a file of this folder, like ./order.schema.json") @Nullable
            String schema,

            @Doc("What becomes of an answer with records that do not fit the schema") @Default("warn")
            OnMismatch onMismatch,

            @Doc(
                    "File in the connector's folder whose function response judges each answer and may give another content in its place")
            @Nullable
            String script) {

        /** JSON, nothing kept. */
        public static final ResponseConfig JSON = new ResponseConfig(
                Format.JSON, null, java.util.List.of(), null, null, null, Decompress.AUTO, null, OnMismatch.WARN, null);

        /** @throws IllegalArgumentException if it describes rows and reads none */
        public ResponseConfig {
            if (csv != null && format != Format.CSV) {
                throw new IllegalArgumentException("'csv' belongs to 'format: csv'");
            }
            if (json != null && format != Format.JSON && format != Format.NDJSON) {
                throw new IllegalArgumentException("'json' belongs to 'format: json' or 'format: ndjson'");
            }
            if (content != null) {
                if (format != Format.JSON || csv != null || json != null) {
                    throw new IllegalArgumentException(
                            "an answer has one format: 'content' says what 'format', 'csv' and 'json' say, leave those out");
                }
                content.checkAnswer();
            }
            if (onMismatch == OnMismatch.FAIL && schema == null) {
                throw new IllegalArgumentException("'onMismatch' belongs to 'schema'");
            }
        }

        /**
         * The same for an answer that must not fail by a key that stands twice: what was asked for is done, and would be done
         * again. What the endpoint itself says of such keys holds.
         */
        public ResponseConfig done() {
            boolean unsaid = json == null && content == null && (format == Format.JSON || format == Format.NDJSON);
            return new ResponseConfig(
                    format,
                    content == null ? null : content.done(),
                    keepHeaders,
                    encoding,
                    csv,
                    unsaid ? JsonSettings.LAST : json,
                    decompress,
                    schema,
                    onMismatch,
                    script);
        }

        /** How records are read one by one, in the words of all formats; null where an answer is no rows and no lines. */
        public @Nullable ContentConfig rows() {
            return switch (format) {
                case CSV ->
                    ContentConfig.rows(
                            FormatName.CSV, 1000, encoding, csv == null ? CsvSettings.DEFAULT : csv.settings(), null);
                case NDJSON -> ContentConfig.rows(FormatName.NDJSON, 1000, encoding, null, json);
                default -> content;
            };
        }

        /** What makes trees of JSON. */
        public ObjectReader reader() {
            return Objects.requireNonNullElse(json, JsonSettings.DEFAULT).reader();
        }

        /** What becomes of records that are not as the schema says. */
        public enum OnMismatch {
            /** They go on, and the run's log says it once. */
            WARN,
            /** The call fails. */
            FAIL
        }

        /** What becomes of packed content. A content coding of HTTP is always undone. */
        public enum Decompress {
            /** A gzip file is unpacked. */
            AUTO,
            /** It is left as it is. */
            NONE
        }

        /** Forms of an answer. */
        public enum Format {
            /** JSON. */
            JSON,
            /** One JSON value per line. */
            NDJSON,
            /** Plain text. */
            TEXT,
            /** Bytes. */
            BINARY,
            /** Comma separated values: a record per row. */
            CSV,
            /** Fields of a form, as an object; a name that comes several times is a list. */
            FORM,
            /** XML as a JSON value. */
            XML,
            /** What stands in a SOAP envelope's body, as a JSON value; a fault is a failure. */
            SOAP
        }
    }
}
