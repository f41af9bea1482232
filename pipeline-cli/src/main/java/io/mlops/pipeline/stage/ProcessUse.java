package io.mlops.pipeline.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this process has taken of the machine since it began. */
final class ProcessUse {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

    private ProcessUse() {}

    /** The processor's seconds, where the system tells them, and the most memory held at once. */
    static Map<String, Double> now() {
        Map<String, Double> use = new LinkedHashMap<>();
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(duration -> use.put("cpu_seconds", duration.toMillis() / 1000.0));
        use.put("peak_memory_megabytes", peakBytes() / 1e6);
        return use;
    }

    /** Of the whole process on Linux; elsewhere of Java's part of it. */
    private static double peakBytes() {
        if (Files.isReadable(STATUS)) {
            try {
                Matcher peak = PEAK.matcher(Files.readString(STATUS));
                if (peak.find()) {
                    return Long.parseLong(peak.group(1)) * 1024.0;
                }
            } catch (IOException e) {
                return javaPeakBytes();
            }
        }
        return javaPeakBytes();
    }

    private static double javaPeakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .mapToDouble(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
