/** The decision as Drools sees it: its facts, its rules as a canonical model, and the same rules as DRL for reading. */
@NullMarked
package io.prunella.compiler.drools;

import org.jspecify.annotations.NullMarked;
