package io.patchbay.script.language;

import javax.xml.transform.ErrorListener;
import javax.xml.transform.Source;
import javax.xml.transform.Templates;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.URIResolver;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TemplatesHandler;
import javax.xml.transform.sax.TransformerHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.XMLFilter;

/**
 * The JDK's own factory. Saxon's jar offers itself to everybody who asks for a factory, and would stand in for the JDK's in Camel and
 * all libraries, without their settings for safety. This one is offered before it: it stands in our classes, which come first.
 */
public final class PlatformTransformerFactory extends SAXTransformerFactory {

    private final SAXTransformerFactory own = (SAXTransformerFactory) TransformerFactory.newDefaultInstance();

    @Override
    public Transformer newTransformer(Source source) throws TransformerConfigurationException {
        return own.newTransformer(source);
    }

    @Override
    public Transformer newTransformer() throws TransformerConfigurationException {
        return own.newTransformer();
    }

    @Override
    public Templates newTemplates(Source source) throws TransformerConfigurationException {
        return own.newTemplates(source);
    }

    @Override
    public Source getAssociatedStylesheet(
            Source source, @Nullable String media, @Nullable String title, @Nullable String charset)
            throws TransformerConfigurationException {
        return own.getAssociatedStylesheet(source, media, title, charset);
    }

    @Override
    public void setURIResolver(@Nullable URIResolver resolver) {
        own.setURIResolver(resolver);
    }

    @Override
    public @Nullable URIResolver getURIResolver() {
        return own.getURIResolver();
    }

    @Override
    public void setFeature(String name, boolean value) throws TransformerConfigurationException {
        own.setFeature(name, value);
    }

    @Override
    public boolean getFeature(String name) {
        return own.getFeature(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        own.setAttribute(name, value);
    }

    @Override
    public Object getAttribute(String name) {
        return own.getAttribute(name);
    }

    @Override
    public void setErrorListener(ErrorListener listener) {
        own.setErrorListener(listener);
    }

    @Override
    public ErrorListener getErrorListener() {
        return own.getErrorListener();
    }

    @Override
    public TransformerHandler newTransformerHandler(Source source) throws TransformerConfigurationException {
        return own.newTransformerHandler(source);
    }

    @Override
    public TransformerHandler newTransformerHandler(Templates templates) throws TransformerConfigurationException {
        return own.newTransformerHandler(templates);
    }

    @Override
    public TransformerHandler newTransformerHandler() throws TransformerConfigurationException {
        return own.newTransformerHandler();
    }

    @Override
    public TemplatesHandler newTemplatesHandler() throws TransformerConfigurationException {
        return own.newTemplatesHandler();
    }

    @Override
    public XMLFilter newXMLFilter(Source source) throws TransformerConfigurationException {
        return own.newXMLFilter(source);
    }

    @Override
    public XMLFilter newXMLFilter(Templates templates) throws TransformerConfigurationException {
        return own.newXMLFilter(templates);
    }
}
