package io.patchbay.cli;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results of tests in the form that build servers read. */
final class JunitXml {

    private JunitXml() {}

    /** Writes them: a suite for each file, with a failure for what is wrong with the file itself. */
    static void write(Path file, List<Tested> all, List<Problem> problems) throws IOException {
        Map<String, List<Tested>> suites = new LinkedHashMap<>();
        all.forEach(one -> suites.computeIfAbsent(one.file(), any -> new java.util.ArrayList<>())
                .add(one));
        for (Problem problem : problems) {
            suites.computeIfAbsent(problem.at().file(), any -> new java.util.ArrayList<>())
                    .add(new Tested(
                            "file",
                            problem.at().file(),
                            "the file is right",
                            List.of(problem.toString()),
                            Duration.ZERO));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, List<Tested>> suite : suites.entrySet()) {
                suite(suite.getKey(), suite.getValue(), xml);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("the results cannot be written as XML", e);
        }
    }

    private static void suite(String file, List<Tested> tests, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(file));
        xml.writeAttribute("tests", String.valueOf(tests.size()));
        xml.writeAttribute(
                "failures",
                String.valueOf(tests.stream().filter(one -> !one.passed()).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("time", seconds(tests.stream().map(Tested::took).reduce(Duration.ZERO, Duration::plus)));
        for (Tested one : tests) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", clean(file));
            xml.writeAttribute("name", clean(one.name()));
            xml.writeAttribute("time", seconds(one.took()));
            if (!one.passed()) {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", clean(one.lines().get(0)));
                xml.writeCharacters(clean(String.join("\n", one.lines())));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
    }

    /** Without what XML 1.0 cannot hold. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }
}
