package io.prunella.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page as {@link DocumentsTest} reads it: its fenced blocks in order, its links outside of them, and the
 * names that its headings can be linked by.
 */
record DocumentPage(Path file, List<Block> blocks, List<String> links, List<String> anchors) {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");

    /**
     * A fenced block.
     *
     * @param info the words after the back-quotes
     * @param line of the page at which it begins, from 1
     */
    record Block(List<String> info, int line, String text) {
        String language() {
            return info.isEmpty() ? "" : info.getFirst();
        }

        boolean is(String word) {
            return info.contains(word);
        }

        /** What stands after {@code word:} in the info, or nothing. */
        String value(String word) {
            return info.stream().filter(w -> w.startsWith(word + ":")).map(w -> w.substring(word.length() + 1))
                    .findFirst().orElse("");
        }
    }

    static DocumentPage read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> links = new ArrayList<>();
        List<String> anchors = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int begin = i + 1;
                StringBuilder text = new StringBuilder();
                for (i++; !lines.get(i).equals("```"); i++) {
                    text.append(lines.get(i)).append('\n');
                }
                String info = line.substring(3).strip();
                blocks.add(new Block(info.isEmpty() ? List.of() : List.of(info.split(" +")), begin, text.toString()));
                continue;
            }
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
            }
            Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
            while (link.find()) {
                links.add(link.group(1) == null ? link.group(2) : link.group(1));
            }
        }
        return new DocumentPage(file, blocks, links, anchors);
    }
}
