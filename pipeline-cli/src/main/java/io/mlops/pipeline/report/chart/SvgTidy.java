package io.mlops.pipeline.report.chart;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Makes the SVG of Lets-Plot fit for a page: scalable, named for people who cannot see it, the same for the same data,
 * and without style sheets that would reach beyond it.
 */
final class SvgTidy {
    private static final Pattern LONG_DECIMAL = Pattern.compile("-?\\d+\\.\\d+(?:[eE]-?\\d+)?");
    private static final Pattern RGB = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
    private static final Pattern REFERENCE = Pattern.compile("url\\(#([^)]+)\\)");
    private static final Pattern DECLARATION = Pattern.compile("([a-z-]+):([^;]+);?");

    /** What Lets-Plot puts behind the keys of a legend; no colour of the palette. */
    private static final String WHITE = "#ffffff";

    /** Ends a text that is measured with the blanks before it and shown without them. */
    static final String END_OF_ROOM = "\u200b";

    private static final Pattern ROOM = Pattern.compile("\u00a0+" + END_OF_ROOM + "$");

    private final String id;
    private final String title;
    private final String description;
    private final int height;
    private final Map<String, String> ids = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private boolean open;

    SvgTidy(String id, String title, String description, int height) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.height = height;
    }

    String tidy(String svg) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader in = factory.createXMLStreamReader(new StringReader(svg));
            int skipped = 0;
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (skipped > 0 || in.getLocalName().equals("style")) {
                        skipped++;
                    } else {
                        start(in);
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    if (skipped > 0) {
                        skipped--;
                    } else {
                        end(in.getLocalName());
                    }
                } else if (event == XMLStreamConstants.CHARACTERS && skipped == 0) {
                    text(in.getText());
                }
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Lets-Plot wrote an SVG that is not XML", e);
        }
        return out.toString();
    }

    private void start(XMLStreamReader in) {
        closeTag();
        String name = in.getLocalName();
        out.append('<').append(name);
        open = true;
        if (name.equals("svg") && in.getAttributeValue(null, "class") != null) {
            root();
            return;
        }
        boolean classed = false;
        boolean unlined = "0".equals(in.getAttributeValue(null, "stroke-width"))
                || "0.0".equals(in.getAttributeValue(null, "stroke-width"));
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String attribute = in.getAttributeLocalName(i);
            String value = in.getAttributeValue(i);
            switch (attribute) {
                case "style" -> style(value);
                case "class" -> classed = true;
                case "id" -> attribute("id", ids.computeIfAbsent(value, key -> id + "-" + ids.size()));
                default -> {
                    boolean unseen = (name.equals("line") && attribute.startsWith("fill"))
                            || (unlined && attribute.startsWith("stroke"));
                    if (!unseen) {
                        attribute(attribute, tidied(attribute, value));
                    }
                }
            }
        }
        if (classed && name.equals("text")) {
            attribute("fill", Palette.MUTED.light());
            attribute("font-size", Integer.toString(Plot.TEXT_SIZE));
        }
    }

    private void root() {
        attribute("xmlns", "http://www.w3.org/2000/svg");
        attribute("viewBox", "0 0 " + Plot.WIDTH + " " + height);
        attribute("role", "img");
        attribute("aria-labelledby", id + "-title " + id + "-description");
        attribute("font-family", "sans-serif");
        closeTag();
        out.append("<title id=\"").append(id).append("-title\">");
        escape(Labels.printable(title));
        out.append("</title><desc id=\"").append(id).append("-description\">");
        escape(Labels.printable(description));
        out.append("</desc>");
    }

    /** Style sheets of a page win over attributes, not over style: so that dark mode can change colours. */
    private void style(String declarations) {
        Matcher each = DECLARATION.matcher(declarations);
        while (each.find()) {
            String property = each.group(1);
            if (property.equals("fill") || property.equals("font-size") || property.equals("font-weight")) {
                attribute(property, tidied(property, each.group(2).replace("px", "")));
            }
        }
    }

    private String tidied(String attribute, String value) {
        if (value.startsWith("url(")) {
            return REFERENCE
                    .matcher(value)
                    .replaceAll(
                            found -> "url(#" + ids.computeIfAbsent(found.group(1), key -> id + "-" + ids.size()) + ")");
        }
        Matcher rgb = RGB.matcher(value);
        if (rgb.matches()) {
            String colour = String.format(
                    Locale.ROOT,
                    "#%02x%02x%02x",
                    Integer.parseInt(rgb.group(1)),
                    Integer.parseInt(rgb.group(2)),
                    Integer.parseInt(rgb.group(3)));
            return colour.equals(WHITE) ? "none" : colour;
        }
        if (attribute.equals("fill")) {
            return value;
        }
        return LONG_DECIMAL
                .matcher(value)
                .replaceAll(found -> rounded(found.group()))
                .trim();
    }

    private static String rounded(String number) {
        double value = Math.rint(Double.parseDouble(number) * 100) / 100;
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private void end(String name) {
        if (open) {
            out.append("/>");
            open = false;
        } else {
            out.append("</").append(name).append('>');
        }
    }

    private void text(String text) {
        String trimmed = ROOM.matcher(text.strip()).replaceFirst("");
        if (!trimmed.isEmpty()) {
            closeTag();
            escape(trimmed);
        }
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
    }

    private void closeTag() {
        if (open) {
            out.append('>');
            open = false;
        }
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
