/** Shows rules and plans to people, and to programs as JSON. */
@NullMarked
package io.prunella.compiler.print;

import org.jspecify.annotations.NullMarked;
