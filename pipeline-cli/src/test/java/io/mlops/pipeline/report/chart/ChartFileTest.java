package io.mlops.pipeline.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartFileTest {
    @TempDir
    Path folder;

    @Test
    void paintsTheChartBelowItsTitle() throws IOException {
        Path file = ChartFile.write(folder, "bars", bars());

        assertThat(file).hasFileName("bars.png");
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(848);
        assertThat(image.getHeight()).isBetween(300, 1000);
        assertThat(dark(image, 0, 70)).as("the title").isGreaterThan(300);
        assertThat(colours(image)).contains(0x0072b2).hasSizeGreaterThan(20);
    }

    @Test
    void nothingReachesTheEdge() throws IOException {
        BufferedImage image =
                ImageIO.read(ChartFile.write(folder, "bars", bars()).toFile());
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                boolean edge = x < 8 || y < 8 || x >= image.getWidth() - 8 || y >= image.getHeight() - 8;
                assertThat(!edge || (image.getRGB(x, y) & 0xffffff) == 0xffffff)
                        .as("%d, %d", x, y)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"81.6 %", "17,559 ± 3,092", "0.091 ± 0.026", "206 (32 %)"})
    void theValueOfTheLongestBarIsNotClipped(String shown) throws IOException {
        Chart bars = Bars.draw("b", "t", "d.", List.of("", ""), List.of("x"), new double[] {1}, List.of(shown));
        String free = bars.svg().replaceAll(" clip-path=\"[^\"]*\"", "");
        assertThat(free).isNotEqualTo(bars.svg());

        Path clipped = ChartFile.write(folder, "clipped", bars);
        Path whole = ChartFile.write(folder, "whole", new Chart("b", "t", "d.", free, List.of(), List.of()));

        assertThat(clipped).hasSameBinaryContentAs(whole);
    }

    @Test
    void theSameChartGivesTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(ChartFile.write(folder, "first", bars()));
        assertThat(Files.readAllBytes(ChartFile.write(folder, "second", bars())))
                .isEqualTo(first);
    }

    @Test
    void pixelsComeBackAsTheyWere() throws IOException {
        int[] pixels = {0x000000, 0xffffff, 0x123456, 0xff0000, 0x00ff00, 0x0000ff};
        Path file = Files.write(folder.resolve("p.png"), Png.of(pixels, 2));
        BufferedImage image = ImageIO.read(file.toFile());
        for (int i = 0; i < pixels.length; i++) {
            assertThat(image.getRGB(i % 2, i / 2) & 0xffffff).isEqualTo(pixels[i]);
        }
    }

    @Test
    void aJavaWithoutGraphicsWritesTheSvg() throws Exception {
        Path file = writtenBy("--limit-modules", "java.base,java.xml,java.logging,java.management,jdk.unsupported");

        assertThat(file).hasFileName("chart.svg");
        assertThat(Jsoup.parse(Files.readString(file), Parser.xmlParser()).text())
                .contains("What <each> & column is worth", "loan amount");
    }

    /** Writes a chart by a Java of its own. */
    private Path writtenBy(String... options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), OwnProcess.class.getName(), folder.toString()));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Path.of(Files.readString(log).strip());
    }

    /** Run by {@link #writtenBy}. */
    public static final class OwnProcess {
        private OwnProcess() {}

        public static void main(String[] arguments) {
            System.out.println(ChartFile.write(Path.of(arguments[0]), "chart", bars()));
        }
    }

    private static Chart bars() {
        return Bars.draw(
                "bars",
                "What <each> & column is worth",
                "How much worse it gets. This is left out.",
                List.of("Column", "Worse by"),
                List.of("loan amount", "a column with a name that is much too long for any chart <b>", "größe"),
                new double[] {0.31, 0.2, 0.001},
                List.of("0.31 ± 0.02", "0.20 ± 0.11", "0.001 ± 0.001"));
    }

    private static int dark(BufferedImage image, int fromY, int toY) {
        int dark = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = fromY; y < toY; y++) {
                if ((image.getRGB(x, y) & 0xff) < 0x80) {
                    dark++;
                }
            }
        }
        return dark;
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }
}
