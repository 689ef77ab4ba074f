package io.prunella.ruler.topology;

/** How entities are spelled: a kind and a name, of which the kind {@code node} is always left out. */
public final class Entities {
    private static final String NODE = "node";

    private Entities() {}

    /** The one spelling of an entity: {@code node/a} is {@code a}. */
    public static String withoutKind(String entity) {
        return entity.startsWith("node/") && entity.indexOf('/', NODE.length() + 1) < 0
                ? entity.substring(NODE.length() + 1)
                : entity;
    }

    /** What stands before the first {@code /}; {@code node} where nothing does. */
    public static String kind(String entity) {
        int slash = entity.indexOf('/');
        return slash < 0 ? NODE : entity.substring(0, slash);
    }

    public static boolean node(String entity) {
        return kind(entity).equals(NODE);
    }
}
