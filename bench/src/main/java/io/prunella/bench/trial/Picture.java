package io.prunella.bench.trial;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Four small plots: rate and memory, over rules and over entities. */
final class Picture {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 220;
    private static final int MARGIN = 48;
    private static final int RULES = 4;

    private Picture() {}

    static String svg(List<Section> growth) {
        List<Section> rules = growth.subList(0, RULES);
        List<Section> entities = growth.subList(RULES, growth.size());
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                WIDTH * 2, HEIGHT * 2));
        plot(svg, 0, 0, "M inputs/CPU s by rules", rules, section -> section.ran().rules(), Outcome::rate);
        plot(svg, 1, 0, "M inputs/CPU s by entities", entities, section -> section.ran().entities(), Outcome::rate);
        plot(svg, 0, 1, "B heap/series by rules", rules, section -> section.ran().rules(), null);
        plot(svg, 1, 1, "B heap/series by entities", entities, section -> section.ran().entities(), null);
        return svg.append("</svg>\n").toString();
    }

    /** @param figure null for memory */
    private static void plot(StringBuilder svg, int column, int row, String title, List<Section> sections,
            ToLongFunction<Section> over, @Nullable ToDoubleFunction<Outcome> figure) {
        int left = column * WIDTH + MARGIN;
        int bottom = (row + 1) * HEIGHT - MARGIN / 2;
        int width = WIDTH - MARGIN * 3 / 2;
        int height = HEIGHT - MARGIN * 3 / 2;
        double from = Math.log10(over.applyAsLong(sections.getFirst()));
        double to = Math.log10(over.applyAsLong(sections.getLast()));
        double top = sections.stream().mapToDouble(section -> value(section, figure)).max().orElse(1) * 1.1;
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", left,
                bottom - height - 12, title));
        svg.append(String.format(Locale.ROOT, "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>%n", left,
                bottom - height, bottom, left + width));
        StringBuilder line = new StringBuilder();
        for (Section section : sections) {
            double value = value(section, figure);
            double x = left + width * (Math.log10(over.applyAsLong(section)) - from) / (to - from);
            double y = bottom - height * value / top;
            line.append(String.format(Locale.ROOT, "%s%.1f %.1f", line.isEmpty() ? "M" : "L", x, y));
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#2563eb\"/>"
                    + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>"
                    + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%,d</text>%n", x, y, x, y - 7,
                    Spread.number(value), x, bottom + 14, over.applyAsLong(section)));
        }
        svg.append("<path d=\"").append(line).append("\" fill=\"none\" stroke=\"#2563eb\"/>\n");
    }

    private static double value(Section section,
            @Nullable ToDoubleFunction<Outcome> figure) {
        return section.valid("prunella").stream().mapToDouble(
                outcome -> figure == null ? (double) outcome.heap() / section.ran().series()
                        : figure.applyAsDouble(outcome))
                .findFirst().orElse(0);
    }
}
