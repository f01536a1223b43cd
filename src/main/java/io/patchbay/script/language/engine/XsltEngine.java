package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.script.language.Calls;
import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.Controller;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.pattern.Pattern;
import net.sf.saxon.s9api.Axis;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.QName;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.SaxonApiUncheckedException;
import net.sf.saxon.s9api.XdmNode;
import net.sf.saxon.s9api.XdmSequenceIterator;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.s9api.Xslt30Transformer;
import net.sf.saxon.s9api.XsltCompiler;
import net.sf.saxon.s9api.XsltExecutable;
import net.sf.saxon.trans.Mode;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.trans.XsltController;
import net.sf.saxon.value.DateTimeValue;

/** XSLT 3.0, by Saxon-HE. See {@link SaxonSetup}. */
public final class XsltEngine implements Engine {

    private final Processor processor = SaxonSetup.processor();

    @Override
    public Program read(String text, Map<String, String> others) throws LanguageException {
        XsltCompiler compiler = processor.newXsltCompiler();
        List<XmlProcessingError> errors = new ArrayList<>();
        compiler.setErrorReporter(error -> {
            if (!error.isWarning()) {
                errors.add(error);
            }
        });
        compiler.setResourceResolver(request -> SaxonSetup.imported(String.valueOf(request.uri), others));
        try {
            XsltExecutable executable = compiler.compile(new StreamSource(new StringReader(text), SaxonSetup.FOLDER));
            Set<String> named = new LinkedHashSet<>(VARIABLES);
            named.retainAll(executable.getGlobalParameters().keySet().stream()
                    .map(QName::getLocalName)
                    .toList());
            return (data, variables) -> apply(executable, named, data, variables);
        } catch (SaxonApiException e) {
            throw SaxonSetup.mistake(errors, e);
        }
    }

    private Value apply(XsltExecutable executable, Set<String> named, Data data, Map<String, JsonNode> variables)
            throws LanguageException {
        List<String> last = new ArrayList<>();
        try {
            XdmNode document = SaxonSetup.document(processor, data);
            Xslt30Transformer transformer = executable.load30();
            transformer.setErrorReporter(error -> {});
            transformer.setMessageHandler(message -> {
                if (message.isTerminate()) {
                    last.add(message.getContent().getStringValue());
                }
            });
            transformer.setResourceResolver(SaxonSetup.nothing());
            transformer.setResultDocumentHandler(uri -> {
                throw new SaxonApiUncheckedException(
                        new XPathException("there is one result, xsl:result-document can make no other"));
            });
            transformer.getUnderlyingController().setCurrentDateTime(DateTimeValue.fromJavaInstant(Calls.now()));
            transformer.setStylesheetParameters(SaxonSetup.variables(named, variables));
            transformer.setGlobalContextItem(document);
            Value value = SaxonSetup.written(
                    processor,
                    executable.getUnderlyingCompiledStylesheet().getPrimarySerializationProperties(),
                    serializer -> transformer.applyTemplates(document, serializer));
            if (SaxonSetup.bare(value) && !matches(transformer.getUnderlyingController(), document)) {
                throw new LanguageException(Kind.FAILED, unmatched(document));
            }
            return value;
        } catch (SaxonApiException e) {
            throw last.isEmpty()
                    ? SaxonSetup.failure(Kind.FAILED, e)
                    : new LanguageException(Kind.FAILED, last.get(0), null, e.getLineNumber(), 0);
        } catch (XPathException e) {
            throw new LanguageException(Kind.BROKEN, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether a template of its own matches anything at all, whatever its predicates say: they depend on data. Where none does, the
     * language itself gives the text alone, unless the stylesheet says what it wants then.
     */
    private static boolean matches(Controller controller, XdmNode document) throws XPathException {
        if (!(controller instanceof XsltController started)) {
            return true;
        }
        Mode mode = started.getInitialMode();
        if (mode.getActivePart().getPropertyValue("on-no-match") != null) {
            return true;
        }
        List<Pattern> patterns = new ArrayList<>();
        mode.processRules(rule -> patterns.add(rule.getPattern()));
        XPathContext context = controller.newXPathContext();
        XdmSequenceIterator<XdmNode> nodes = document.axisIterator(Axis.DESCENDANT_OR_SELF);
        while (nodes.hasNext()) {
            XdmNode node = nodes.next();
            if (XsltPatterns.may(patterns, node.getUnderlyingNode(), context)) {
                return true;
            }
            XdmSequenceIterator<XdmNode> attributes = node.axisIterator(Axis.ATTRIBUTE);
            while (attributes.hasNext()) {
                if (XsltPatterns.may(patterns, attributes.next().getUnderlyingNode(), context)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String unmatched(XdmNode document) {
        XdmSequenceIterator<XdmNode> children = document.axisIterator(Axis.CHILD);
        String root = "";
        while (children.hasNext()) {
            QName name = children.next().getNodeName();
            root = name == null ? root : name.getEQName();
        }
        return "no template matches anything in the document, whose outer element is '" + root
                + "', so there is no element in the result";
    }
}
