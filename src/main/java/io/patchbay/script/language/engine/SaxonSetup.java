package io.patchbay.script.language.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Engine.Value;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.Configuration;
import net.sf.saxon.expr.parser.XPathParser;
import net.sf.saxon.functions.registry.BuiltInFunctionSet;
import net.sf.saxon.lib.EnvironmentVariableResolver;
import net.sf.saxon.lib.Feature;
import net.sf.saxon.lib.Logger;
import net.sf.saxon.lib.ResourceRequest;
import net.sf.saxon.lib.ResourceResolver;
import net.sf.saxon.s9api.Location;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.Serializer;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmValue;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.serialize.SerializationProperties;
import net.sf.saxon.trans.DynamicLoader;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.tree.AttributeLocation;
import org.jspecify.annotations.Nullable;

/**
 * Saxon-HE without anything outside: no documents, texts or collections, no environment, no extension functions, no results but the
 * one that is returned, no document types. Camel's components read files by URI, make the headers of a message parameters and have
 * no bounds.
 */
final class SaxonSetup {

    /** Where texts stand that may be imported: they have names and no places. */
    static final String FOLDER = "text:/";

    private static final String NO_DOCTYPE =
            "http://saxon.sf.net/feature/parserFeature?uri=http%3A//apache.org/xml/features/disallow-doctype-decl";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Functions that read what is outside: an expression that names one is refused before it runs. */
    private static final Set<String> OUTSIDE = Set.of(
            "doc",
            "document",
            "collection",
            "uri-collection",
            "unparsed-text",
            "unparsed-text-lines",
            "json-doc",
            "load-xquery-module");

    private static final Pattern NO_FUNCTION =
            Pattern.compile("Cannot find a (\\d+)-argument function named Q\\{([^}]*)\\}([\\w.-]+)\\(\\)");
    private static final String OWN_NAMES = "http://www.w3.org/2005/xpath-functions";

    private static final Pattern DECLARATION = Pattern.compile("^\\s*<\\?xml [^>]*>");

    private SaxonSetup() {}

    static Processor processor() {
        Configuration configuration = new Configuration();
        leaveOut(configuration.getXPathFunctionSet(31));
        leaveOut(configuration.getXSLTFunctionSet(30));
        configuration.setDynamicLoader(new OwnClasses());
        configuration.setLogger(new Silent());
        configuration.setConfigurationProperty(NO_DOCTYPE, true);
        configuration.setConfigurationProperty(Feature.ALLOW_EXTERNAL_FUNCTIONS, false);
        configuration.setConfigurationProperty(Feature.DISABLE_XSL_EVALUATE, true);
        configuration.setConfigurationProperty(Feature.XINCLUDE, false);
        configuration.setConfigurationProperty(Feature.ENVIRONMENT_VARIABLE_RESOLVER, new NoEnvironment());
        configuration.setResourceResolver(nothing());
        configuration.setUnparsedTextURIResolver((uri, encoding, config) -> {
            throw refused(String.valueOf(uri), "FOUT1170");
        });
        configuration.setCollectionFinder((context, uri) -> {
            throw refused(String.valueOf(uri), "FODC0002");
        });
        return new Processor(configuration);
    }

    /**
     * Takes functions out of a library, so that they are told of as functions that are not there. The library has no way to do
     * that, so its table is changed, which is that of the metered classes alone; one of another form keeps them, and they find
     * nothing when they are called.
     */
    private static void leaveOut(BuiltInFunctionSet functions) {
        try {
            Field table = BuiltInFunctionSet.class.getDeclaredField("functionTable");
            table.setAccessible(true);
            if (table.get(functions) instanceof Map<?, ?> known) {
                known.keySet()
                        .removeIf(name -> OUTSIDE.contains(String.valueOf(name).split("#", 2)[0]));
            }
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return;
        }
    }

    /** Loads what Saxon has of its own for numbers and dates, and no class that an expression names. */
    private static final class OwnClasses extends DynamicLoader {
        private static final String OWN = "net.sf.saxon.expr.number.";

        @Override
        public Class<?> getClass(String name, Logger traceOut, ClassLoader loader) throws XPathException {
            return super.getClass(own(name), traceOut, loader);
        }

        @Override
        public Object getInstance(String name, ClassLoader loader) throws XPathException {
            return super.getInstance(own(name), loader);
        }

        @Override
        public Object getInstance(String name, Logger traceOut, ClassLoader loader) throws XPathException {
            return super.getInstance(own(name), traceOut, loader);
        }

        private static String own(String name) throws XPathException {
            if (!name.startsWith(OWN)) {
                throw new XPathException("no class can be named: '" + name + "'", "FOCH0002");
            }
            return name;
        }
    }

    static ResourceResolver nothing() {
        return SaxonSetup::refuse;
    }

    private static javax.xml.transform.Source refuse(ResourceRequest request) throws XPathException {
        throw refused(String.valueOf(request.relativeUri == null ? request.uri : request.relativeUri), "FODC0002");
    }

    static XPathException refused(String uri, String code) {
        return new XPathException("nothing outside can be read: '" + uri + "'", code);
    }

    /** The text of a file that may be imported, by the place that was made of its name. */
    static StreamSource imported(String uri, Map<String, String> others) throws XPathException {
        String text = uri.startsWith(FOLDER) ? others.get(uri.substring(FOLDER.length())) : null;
        if (text == null) {
            throw new XPathException(LanguageException.missing(uri.substring(uri.lastIndexOf('/') + 1)));
        }
        return new StreamSource(new StringReader(text), uri);
    }

    static XdmNode document(Processor processor, Data data) throws SaxonApiException {
        byte[] xml = data.xml() == null ? new byte[0] : data.xml();
        return processor.newDocumentBuilder().build(new StreamSource(new ByteArrayInputStream(xml)));
    }

    /** Variables as maps, those that the text names at all. */
    static Map<QName, XdmValue> variables(Set<String> named, Map<String, JsonNode> variables) {
        Map<QName, XdmValue> values = new HashMap<>();
        for (String name : named) {
            JsonNode value = variables.get(name);
            if (value != null) {
                values.put(new QName(name), XdmValues.of(value));
            }
        }
        return values;
    }

    /** Writes a result, as its output method says. */
    interface Writing {
        void to(Serializer serializer) throws SaxonApiException;
    }

    /** @param said how the expression wants its result to be written */
    static Value written(Processor processor, SerializationProperties said, Writing writing)
            throws SaxonApiException, LanguageException {
        StringWriter out = new StringWriter();
        Serializer serializer = processor.newSerializer(out);
        serializer.setOutputProperty(
                Serializer.Property.ENCODING, "UTF-8"); // a text becomes bytes later, and of that kind
        writing.to(serializer);
        String text = out.toString();
        String method = said.getProperties().getProperty("method", "").toLowerCase(Locale.ROOT);
        String begin = text.stripLeading().toLowerCase(Locale.ROOT);
        boolean page = method.isEmpty() && (begin.startsWith("<html") || begin.startsWith("<!doctype html"));
        return switch (page ? "html" : method) {
            case "json" -> Value.of(text.isBlank() ? List.of() : List.of(json(text)));
            case "html", "xhtml" -> Value.of(text, "text/html; charset=utf-8");
            case "", "xml" -> Value.of(text, "application/xml; charset=utf-8");
            default -> Value.of(text, "text/plain; charset=utf-8");
        };
    }

    /** Whether a result is to be a document, and is text without an element. */
    static boolean bare(Value value) {
        String text = value.text();
        if (text == null || !String.valueOf(value.contentType()).startsWith("application/xml")) {
            return false;
        }
        String content = DECLARATION.matcher(text).replaceFirst("");
        return !content.isBlank() && content.indexOf('<') < 0;
    }

    private static JsonNode json(String text) throws LanguageException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new LanguageException(Kind.FAILED, "what it wrote is no JSON: " + e.getOriginalMessage());
        }
    }

    static LanguageException failure(Kind kind, SaxonApiException thrown) {
        String file = thrown.getSystemId();
        return new LanguageException(kind, said(thrown.getMessage()), file(file), thrown.getLineNumber(), -1);
    }

    /** The first mistake that was told of, or the one that was thrown. */
    static LanguageException mistake(List<XmlProcessingError> errors, SaxonApiException thrown) {
        XmlProcessingError first = errors.isEmpty() ? null : errors.get(0);
        Location at = first == null ? null : first.getLocation();
        if (first == null || at == null || at.getLineNumber() <= 0) {
            return failure(Kind.SYNTAX, thrown);
        }
        String attribute = attribute(at);
        return new LanguageException(
                Kind.SYNTAX,
                (attribute == null ? "" : "in '" + attribute + "': ") + said(first.getMessage()),
                file(at.getSystemId()),
                at.getLineNumber(),
                attribute == null ? at.getColumnNumber() : 0);
    }

    /** The attribute that something stands in: its column is counted from the beginning of the attribute. */
    private static @Nullable String attribute(Location at) {
        Location around = at instanceof XPathParser.NestedLocation nested ? nested.getContainingLocation() : at;
        return around instanceof AttributeLocation attribute
                ? attribute.getAttributeName().getDisplayName()
                : null;
    }

    private static String said(@Nullable String message) {
        if (message == null) {
            return "it failed";
        }
        Matcher unknown = NO_FUNCTION.matcher(message);
        if (!unknown.find()) {
            return message.replace(FOLDER, "");
        }
        boolean own = unknown.group(2).equals(OWN_NAMES);
        String name = own ? unknown.group(3) : "Q{" + unknown.group(2) + "}" + unknown.group(3);
        return own && OUTSIDE.contains(name)
                ? "there is no " + name + "(): nothing outside can be read"
                : "there is no function " + name + "() with "
                        + (unknown.group(1).equals("1") ? "1 argument" : unknown.group(1) + " arguments");
    }

    private static @Nullable String file(@Nullable String place) {
        return place != null && place.startsWith(FOLDER) && place.length() > FOLDER.length()
                ? place.substring(FOLDER.length())
                : null;
    }

    private static final class NoEnvironment implements EnvironmentVariableResolver {
        @Override
        public Set<String> getAvailableEnvironmentVariables() {
            return Set.of();
        }

        @Override
        public @Nullable String getEnvironmentVariable(String name) {
            return null;
        }
    }

    /** Messages and traces go nowhere: they may hold data. */
    private static final class Silent extends Logger {
        @Override
        public void println(String message, int severity) {
            // nowhere
        }
    }
}
