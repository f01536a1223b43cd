package io.patchbay.connector;

import io.patchbay.connector.definition.AsyncJobConfig;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.FileConfig;
import io.patchbay.connector.definition.IdempotencyConfig;
import io.patchbay.connector.definition.MailConfig;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.QueueConfig;
import io.patchbay.connector.definition.ResultWindowConfig;
import io.patchbay.connector.definition.SoapConfig.SoapVersion;
import io.patchbay.connector.definition.SqlConfig;
import io.patchbay.connector.definition.SqlConfig.KeysetConfig;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.CursorKind;
import io.patchbay.script.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a connector, checked and compiled (not a Camel endpoint).
 *
 * @param id like {@code orders.list}
 * @param config as it was written
 * @param call what is done
 * @param errors what answers mean
 * @param schemas what it says of the data that goes through it
 * @param deletes how deleted records of its list are known, or null
 */
public record Endpoint(
        String id,
        EndpointConfig config,
        Call call,
        ErrorRules errors,
        EndpointSchemas schemas,
        @Nullable Deletes deletes) {

    /** What is done. */
    public sealed interface Call {
        /** Whether it yields any number of payloads. */
        boolean many();
    }

    /** Whether it yields any number of payloads. */
    public boolean many() {
        return call.many();
    }

    /** Whether calling it changes something outside; a job is something outside, even when it reads. */
    public boolean acts() {
        return config.kind().acts() || call instanceof JobCall;
    }

    /** Whether it reads by a call that carries no content, and asks by nothing of the data but what its inputs may hold. */
    public boolean readsByItself() {
        return ReadByItself.does(this);
    }

    /** How records are sent to it. */
    public Writing writing() {
        return call instanceof HttpCall http ? http.writing() : Writing.of(config.batch());
    }

    /** The same whose answers say nothing of single records. */
    public Endpoint unjudged() {
        return call instanceof HttpCall http && http.writing().partial() != null
                ? new Endpoint(id, config, http.writing(http.writing().unjudged()), errors, schemas, deletes)
                : this;
    }

    /** What says how far runs came in its list, if that grows; else null. */
    public @Nullable CursorKind cursor() {
        if (call instanceof SqlCall sql) {
            KeysetConfig keyset = sql.config().keyset();
            return keyset != null && keyset.incremental() ? keyset.type() : null;
        }
        return call instanceof HttpCall http && http.incremental() != null
                ? http.incremental().config().type()
                : null;
    }

    /** What there is to know of its list, if that grows; else null. */
    public @Nullable Growth growth() {
        CursorKind kind = cursor();
        if (kind == null) {
            return null;
        }
        Incremental incremental = call instanceof HttpCall http ? http.incremental() : null;
        if (incremental == null) {
            return new Growth(kind, false, false, false, null, null);
        }
        PaginatorConfig paginator = config.paginator();
        ResultWindowConfig window = paginator == null ? null : paginator.resultWindow();
        boolean windows = (paginator != null && paginator.type() == PaginatorConfig.Type.TIME_WINDOW)
                || (window != null && window.onExceed() == ResultWindowConfig.OnExceed.SPLIT_WINDOW);
        return new Growth(
                kind,
                windows,
                kind == CursorKind.DATETIME,
                incremental.config().upper() != null,
                incremental.config().step(),
                incremental.config().granularity());
    }

    /**
     * What a flow may say of a list that grows.
     *
     * @param kind what its cursor is made of
     * @param windows whether it can only be read in windows of time
     * @param timed whether it can be read from some time before the cursor
     * @param stepped whether it can be read in windows of time
     * @param longest a window, or null where no bound is known
     * @param smallest difference of two times, or null where none is known
     */
    public record Growth(
            CursorKind kind,
            boolean windows,
            boolean timed,
            boolean stepped,
            @Nullable Duration longest,
            @Nullable Duration smallest) {}

    /**
     * An HTTP request.
     *
     * @param method the method
     * @param path parts between slashes; what one yields is encoded as one part
     * @param url a whole address in place of the path, or null
     * @param query parameters besides the requester's
     * @param headers besides the requester's
     * @param content the body; null when the payload itself is sent, or nothing by methods that carry none
     * @param response form of the answer
     * @param selection which of its records are taken
     * @param paging how it goes on; null for one answer
     * @param incremental how a list that grows is read on; null for one that is read from its beginning
     * @param writing how records are sent
     * @param idempotencyKey what lets the system know a repeated request, or null
     * @param code what the author's own code does with each request and answer
     */
    public record HttpCall(
            String method,
            List<Template> path,
            @Nullable Template url,
            List<Parameter> query,
            List<Parameter> headers,
            @Nullable Content content,
            ResponseConfig response,
            Selection selection,
            @Nullable Paging paging,
            @Nullable Incremental incremental,
            Writing writing,
            @Nullable IdempotencyKey idempotencyKey,
            Code code)
            implements Call {
        public HttpCall {
            path = List.copyOf(path);
            query = List.copyOf(query);
            headers = List.copyOf(headers);
        }

        @Override
        public boolean many() {
            return paging != null || selection.chunk() != null;
        }

        /** The same that sends records otherwise. */
        HttpCall writing(Writing other) {
            return new HttpCall(
                    method,
                    path,
                    url,
                    query,
                    headers,
                    content,
                    response,
                    selection,
                    paging,
                    incremental,
                    other,
                    idempotencyKey,
                    code);
        }
    }

    /**
     * The author's own code.
     *
     * @param request changes each request, or null
     * @param response judges each answer, or null
     * @param jsonBody whether the body takes members that the code adds
     */
    public record Code(@Nullable Script request, @Nullable Script response, boolean jsonBody) {}

    /**
     * A job that the system does.
     *
     * @param config as it was written
     * @param job where the job's id stands
     * @param status where its status stands
     * @param url where the address of its result stands, or null
     * @param many whether its result is any number of payloads
     */
    public record JobCall(
            AsyncJobConfig config,
            Place job,
            Place status,
            @Nullable Place url,
            boolean many) implements Call {}

    /** The body of a request. */
    public sealed interface Content {
        /** A JSON value. */
        record JsonContent(TemplateTree tree) implements Content {}

        /** A GraphQL request. */
        record GraphqlContent(TemplateTree tree) implements Content {}

        /** Form fields. */
        record FormContent(List<Parameter> fields) implements Content {}

        /** Parts of a form. */
        record MultipartContent(List<Field> fields) implements Content {
            public MultipartContent {
                fields = List.copyOf(fields);
            }

            /**
             * A part.
             *
             * @param name as it stands in the file
             * @param text what it holds, or null
             * @param tree JSON that it holds, or null; without either it holds the payload as it is
             * @param filename name of the file that it is, or null
             * @param contentType its media type; null to leave it to what it holds
             */
            public record Field(
                    String name,
                    @Nullable Template text,
                    @Nullable TemplateTree tree,
                    @Nullable Template filename,
                    @Nullable String contentType) {}
        }

        /** Text. */
        record TextContent(Template text) implements Content {}

        /** A document that is written out; what placeholders yield is escaped. */
        record XmlText(Template text) implements Content {}

        /** A document made of a value, see {@link io.patchbay.payload.XmlWriter#write}. */
        record XmlTree(TemplateTree tree) implements Content {}

        /**
         * A SOAP envelope.
         *
         * @param version of SOAP
         * @param action what the request is for; null when the system does not ask
         * @param header content of the envelope's header, or null
         * @param body content of the envelope's body
         */
        record SoapContent(
                SoapVersion version,
                @Nullable Template action,
                @Nullable Content header,
                Content body) implements Content {}

        /** The payload's records in a format of files. */
        record FormatContent(ContentConfig config) implements Content {}

        /** Nothing. */
        record NoContent() implements Content {}
    }

    /**
     * How an answer goes on.
     *
     * @param config as it was written
     * @param cursor where the next cursor or URL stands, or null
     * @param hasMore where the answer says whether there is more, or null
     * @param total where the answer says how many records there are, or null
     * @param stop what ends the list, about the answer, or null
     * @param key where a record has the key by which the list is paged, or null
     * @param script the author's code that says how the list goes on, or null
     * @param jsonBody whether something can go into the body
     */
    public record Paging(
            PaginatorConfig config,
            @Nullable Place cursor,
            @Nullable Place hasMore,
            @Nullable Place total,
            @Nullable Condition stop,
            @Nullable Place key,
            @Nullable Script script,
            boolean jsonBody) {

        /** The same that asks for so many records per page. */
        public Paging sized(int size) {
            return new Paging(config.sized(size), cursor, hasMore, total, stop, key, script, jsonBody);
        }
    }

    /**
     * What lets a system know a repeated request.
     *
     * @param into the part of the request that carries it
     * @param name of the header or parameter; of a member of the body with dots one below another
     * @param value the key, or null for one that is made from the lineage
     */
    public record IdempotencyKey(
            IdempotencyConfig.Type into,
            String name,
            @Nullable Template value) {}

    /**
     * A query or statement on a database.
     *
     * @param config as it was written
     * @param text of the statement
     * @param parameters values by name
     * @param lists names that stand for a list whose items are bound one by one, with the input that is the list
     * @param perRecord whether it runs for each record of the payload
     */
    public record SqlCall(
            SqlConfig config,
            SqlText text,
            Map<String, Template> parameters,
            Map<String, String> lists,
            boolean perRecord)
            implements Call {
        public SqlCall {
            parameters = Map.copyOf(parameters);
            lists = Map.copyOf(lists);
        }

        @Override
        public boolean many() {
            return config.pageSize() != null;
        }
    }

    /**
     * An operation on files.
     *
     * @param config as it was written
     * @param path folder or file below the folder of baseUrl
     * @param pattern which files, or null
     * @param to new path of a move, or null
     */
    public record FileCall(
            FileConfig config,
            Template path,
            @Nullable Template pattern,
            @Nullable Template to) implements Call {
        @Override
        public boolean many() {
            return config.op() == FileConfig.Op.READ && (pattern != null || config.ofRecords());
        }
    }

    /**
     * A mail.
     *
     * @param config as it was written
     * @param from who it is from; null for a check of the server alone
     * @param to receivers
     * @param cc receivers of a copy
     * @param bcc receivers of a copy whom the mail does not name
     * @param replyTo where answers go
     * @param subject the subject, or null
     * @param text content as plain text, or null
     * @param html content as HTML, or null
     * @param attachments files that go along
     * @param folder of the mailbox
     * @param id of a mail there, or null
     * @param pattern which attachments, or null
     * @param into folder that a mail goes to, or null
     */
    public record MailCall(
            MailConfig config,
            @Nullable Template from,
            List<Template> to,
            List<Template> cc,
            List<Template> bcc,
            List<Template> replyTo,
            @Nullable Template subject,
            @Nullable Template text,
            @Nullable Template html,
            List<Attachment> attachments,
            Template folder,
            @Nullable Template id,
            @Nullable Template pattern,
            @Nullable Template into)
            implements Call {
        public MailCall {
            to = List.copyOf(to);
            cc = List.copyOf(cc);
            bcc = List.copyOf(bcc);
            replyTo = List.copyOf(replyTo);
            attachments = List.copyOf(attachments);
        }

        /**
         * A file that goes along.
         *
         * @param name its name
         * @param content text; null for the payload as it is
         * @param contentType its media type; null for that of the payload, or plain text
         */
        public record Attachment(
                Template name,
                @Nullable Template content,
                @Nullable String contentType) {}

        @Override
        public boolean many() {
            return switch (config.op()) {
                case LIST, ATTACHMENTS -> true;
                case READ -> id == null;
                default -> false;
            };
        }
    }

    /**
     * A message for a broker.
     *
     * @param config as it was written
     * @param destination where it goes; null for a check of the broker alone
     * @param key of the message, or null
     * @param headers besides those that every message has
     */
    public record QueueCall(
            QueueConfig config,
            @Nullable Template destination,
            @Nullable Parameter key,
            List<Parameter> headers) implements Call {
        public QueueCall {
            headers = List.copyOf(headers);
        }

        @Override
        public boolean many() {
            return false;
        }
    }
}
