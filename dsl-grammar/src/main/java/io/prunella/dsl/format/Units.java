package io.prunella.dsl.format;

import io.prunella.dsl.ast.Clause;
import io.prunella.dsl.ast.Declaration;
import io.prunella.dsl.ast.Expr;
import io.prunella.dsl.ast.Node;
import io.prunella.dsl.ast.Span;
import io.prunella.dsl.ast.Step;
import io.prunella.dsl.parse.Comment;
import io.prunella.dsl.parse.ParseResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What gets a line of its own, and which comments go with it: so none is lost when lines move. */
final class Units {

    /** Something with a line of its own. */
    static final class Unit {
        final int start;
        final int end;
        final boolean head;
        final @Nullable Unit parent;
        boolean parts;
        /** On lines of their own above it. */
        final List<Comment> leading = new ArrayList<>();
        /** Behind it on its last line. */
        final List<Comment> trailing = new ArrayList<>();
        /** On lines of their own below it, still part of it. */
        final List<Comment> closing = new ArrayList<>();

        Unit(int start, int end, boolean head, @Nullable Unit parent) {
            this.start = start;
            this.end = end;
            this.head = head;
            this.parent = parent;
            if (parent != null) {
                parent.parts = true;
            }
        }
    }

    private static final Unit NOTHING = new Unit(0, 0, false, null);

    private final String text;
    private final List<Unit> units = new ArrayList<>();
    private final List<Unit> byEnd = new ArrayList<>();
    private final List<Unit> declarations = new ArrayList<>();
    private final IdentityHashMap<Node, Unit> ofNodes = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Unit> heads = new IdentityHashMap<>();
    private final List<Comment> atEnd = new ArrayList<>();

    Units(ParseResult parsed) {
        this.text = parsed.source().text();
        for (Declaration declaration : parsed.file().declarations()) {
            declaration(declaration);
        }
        units.sort(Comparator.comparingInt((Unit u) -> u.start).thenComparingInt(u -> -u.end));
        byEnd.addAll(units);
        byEnd.sort(Comparator.comparingInt((Unit u) -> u.end).thenComparingInt(u -> u.start));
        parsed.comments().forEach(this::assign);
    }

    Unit of(Node node) {
        return ofNodes.getOrDefault(node, NOTHING);
    }

    /** The first line of something whose parts have lines of their own. */
    Unit head(Node node) {
        return heads.getOrDefault(node, NOTHING);
    }

    /** Comments below everything. */
    List<Comment> atEnd() {
        return atEnd;
    }

    // What has lines of its own

    private Unit add(Node node, Span span, @Nullable Unit parent) {
        Unit unit = new Unit(span.start(), span.end(), false, parent);
        units.add(unit);
        ofNodes.put(node, unit);
        return unit;
    }

    private void head(Node node, int start, int end, Unit parent) {
        Unit unit = new Unit(start, end, true, parent);
        units.add(unit);
        heads.put(node, unit);
    }

    private void declaration(Declaration declaration) {
        Unit unit = add(declaration, declaration.span(), null);
        declarations.add(unit);
        int start = declaration.span().start();
        switch (declaration) {
            case Declaration.Pack pack -> {
                head(pack, start, pack.name().span().end(), unit);
                pack.properties().forEach(entry -> add(entry, entry.span(), unit));
                if (!pack.requires().isEmpty()) {
                    add(pack.requires().getFirst(), around(pack.requires()), unit);
                }
            }
            case Declaration.Action action -> {
                Span last = action.parameters().isEmpty()
                        ? action.name().span()
                        : action.parameters().getLast().span();
                head(action, start, last.end(), unit);
                action.properties().forEach(entry -> add(entry, entry.span(), unit));
                if (!action.uses().isEmpty()) {
                    add(action.uses().getFirst(), around(action.uses()), unit);
                }
            }
            case Declaration.Rule rule -> {
                rule.name().ifPresent(name -> head(rule, start, name.span().end(), unit));
                rule.clauses().forEach(clause -> clause(clause, unit));
            }
            case Declaration.Recording recording -> {
                head(recording, start, recording.name().span().end(), unit);
                recording.clauses().forEach(clause -> clause(clause, unit));
            }
            case Declaration.Slo slo -> {
                head(slo, start, slo.name().span().end(), unit);
                add(slo.period(), slo.sliSpan(), unit);
                add(slo.objective(), slo.objective().span().to(slo.period().span()), unit);
                slo.properties().forEach(entry -> add(entry, entry.span(), unit));
            }
            case Declaration.Suppress suppress -> {
                head(suppress, start, suppress.name().span().end(), unit);
                suppress.window().ifPresent(window -> add(window, window.span(), unit));
                if (!suppress.overrides().isEmpty()) {
                    add(suppress.overrides().getFirst(), around(suppress.overrides()), unit);
                }
                suppress.settle().ifPresent(settle -> add(settle, settle.span(), unit));
                suppress.when().ifPresent(when -> add(when, when.span(), unit));
            }
            case Declaration.Guard guard -> {
                head(guard, start, guard.name().span().end(), unit);
                add(guard.deny().getFirst(), around(guard.deny()), unit);
                add(guard.when(), guard.when().span(), unit);
            }
            case Declaration.Test test -> {
                head(test, start, test.title().span().end(), unit);
                test.given().forEach(line -> add(line, line.span(), unit));
                test.expect().forEach(line -> add(line, line.span(), unit));
            }
            case Declaration.Metric _,Declaration.Event _,Declaration.Channel _ -> {
            }
        }
    }

    private static Span around(List<? extends Node> nodes) {
        return nodes.getFirst().span().to(nodes.getLast().span());
    }

    private void clause(Clause clause, Unit parent) {
        Unit unit = add(clause, clause.span(), parent);
        List<Step> steps = ClausePrinter.steps(clause);
        if (!steps.isEmpty()) {
            head(clause, unit.start, text.indexOf(':', unit.start) + 1, unit);
            steps.forEach(step -> step(step, unit));
        }
    }

    private void step(Step step, Unit parent) {
        Unit unit = add(step, step.span(), parent);
        if (step instanceof Step.Parallel parallel) {
            head(step, unit.start, text.indexOf('{', unit.start) + 1, unit);
            parallel.steps().forEach(inner -> step(inner, unit));
        }
    }

    // Comments

    private void assign(Comment comment) {
        int at = comment.span().start();
        if (!comment.ownLine()) {
            int ended = lastUpTo(byEnd, at, u -> u.end);
            if (ended >= 0 && text.indexOf('\n', byEnd.get(ended).end) >= at) {
                byEnd.get(ended).trailing.add(comment);
                return;
            }
        }
        int begun = lastUpTo(units, at, u -> u.start);
        Unit around = begun < 0 ? null : units.get(begun);
        while (around != null && (around.end <= at || around.head)) {
            around = around.parent;
        }
        Unit next = begun + 1 < units.size() ? units.get(begun + 1) : null;
        if (around != null) {
            if (next != null && within(next, around)) {
                next.leading.add(comment);
            } else {
                (around.parts ? around.closing : around.leading).add(comment);
            }
            return;
        }
        int above = lastUpTo(declarations, at, u -> u.end);
        if (above >= 0 && comment.ownLine() && comment.span().column() > 1) {
            // Indented comments between two declarations belong to the upper one.
            declarations.get(above).closing.add(comment);
        } else if (next != null) {
            next.leading.add(comment);
        } else {
            atEnd.add(comment);
        }
    }

    private static boolean within(Unit unit, Unit around) {
        Unit at = unit;
        while (at != null && at.start >= around.start) {
            if (at.equals(around)) {
                return true;
            }
            at = at.parent;
        }
        return false;
    }

    // The last of ordered units whose offset is not behind a place; -1 if there is none.
    private static int lastUpTo(List<Unit> ordered, int at, ToIntFunction<Unit> offset) {
        int low = 0;
        int high = ordered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offset.applyAsInt(ordered.get(middle)) <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Whether a property was written as a list in brackets. */
    boolean bracketed(Expr.ListLiteral list) {
        return list.span().start() < text.length() && text.charAt(list.span().start()) == '[';
    }
}
