package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.script.language.Calls;
import io.patchbay.script.language.Engine;
import io.patchbay.script.language.LanguageException;
import io.patchbay.script.language.LanguageException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.transform.stream.StreamSource;
import net.sf.saxon.s9api.Processor;
import net.sf.saxon.s9api.SaxonApiException;
import net.sf.saxon.s9api.XQueryCompiler;
import net.sf.saxon.s9api.XQueryEvaluator;
import net.sf.saxon.s9api.XQueryExecutable;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.DateTimeValue;

/** XQuery 3.1, by Saxon-HE. See {@link SaxonSetup}. */
public final class XQueryEngine implements Engine {

    private final Processor processor = SaxonSetup.processor();

    @Override
    public Program read(String text, Map<String, String> others) throws LanguageException {
        XQueryCompiler compiler = processor.newXQueryCompiler();
        compiler.setBaseURI(URI.create(SaxonSetup.FOLDER));
        List<XmlProcessingError> errors = new ArrayList<>();
        compiler.setErrorReporter(error -> {
            if (!error.isWarning()) {
                errors.add(error);
            }
        });
        compiler.setModuleURIResolver((module, base, locations) -> {
            StreamSource[] sources = new StreamSource[locations.length];
            for (int i = 0; i < locations.length; i++) {
                sources[i] = SaxonSetup.imported(
                        locations[i].startsWith(SaxonSetup.FOLDER) ? locations[i] : SaxonSetup.FOLDER + locations[i],
                        others);
            }
            if (sources.length == 0) {
                throw new XPathException("an import says 'at' and the name of a file beside this one");
            }
            return sources;
        });
        try {
            XQueryExecutable executable = compiler.compile(text);
            Set<String> named = new LinkedHashSet<>(VARIABLES);
            named.removeIf(
                    name -> !text.contains(name) && others.values().stream().noneMatch(other -> other.contains(name)));
            return (data, variables) -> apply(executable, named, data, variables);
        } catch (SaxonApiException e) {
            throw SaxonSetup.mistake(errors, e);
        }
    }

    private Value apply(XQueryExecutable executable, Set<String> named, Data data, Map<String, JsonNode> variables)
            throws LanguageException {
        try {
            XQueryEvaluator evaluator = executable.load();
            evaluator.setErrorReporter(error -> {});
            evaluator.setTraceFunctionDestination(null);
            evaluator.setResourceResolver(SaxonSetup.nothing());
            evaluator.getUnderlyingQueryContext().setCurrentDateTime(DateTimeValue.fromJavaInstant(Calls.now()));
            SaxonSetup.variables(named, variables).forEach(evaluator::setExternalVariable);
            evaluator.setContextItem(SaxonSetup.document(processor, data));
            return SaxonSetup.written(
                    processor,
                    executable.getUnderlyingCompiledQuery().getExecutable().getPrimarySerializationProperties(),
                    evaluator::run);
        } catch (SaxonApiException e) {
            throw SaxonSetup.failure(Kind.FAILED, e);
        } catch (XPathException e) {
            throw new LanguageException(Kind.BROKEN, String.valueOf(e.getMessage()));
        }
    }
}
