package io.mlops.pipeline.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.mlops.pipeline.report.chart.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report as one HTML file that needs nothing beside it; the same bytes for the same model. */
public final class ReportWriter {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, ReportWriter.class.getClassLoader(), "io.mlops.pipeline.report.templates");

    private ReportWriter() {}

    /** Writes the report, replacing what stands there. */
    public static void write(Path file, ReportModel model) {
        write(file, PageLayout.of(model));
    }

    /**
     * Writes the report, and each of its charts as a file of its own.
     *
     * @param plots the folder of the charts
     */
    public static void write(Path file, Path plots, ReportModel model) {
        Page page = PageLayout.of(model);
        write(file, page);
        Plots.write(plots, page);
    }

    static void write(Path file, Page page) {
        TemplateOutput html = new StringOutput();
        TEMPLATES.render("page.jte", page, html);
        try {
            Files.writeString(file, Labels.printable(html.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
