package io.prunella.bench;

/** The least that a program in Java can do: what the start of a command is measured against. */
public final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello, world");
    }
}
