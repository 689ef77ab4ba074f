/** The language once more, written for clearness instead of speed, so that the fast evaluation can be held against it. */
@NullMarked
package io.prunella.ruler.plain;

import org.jspecify.annotations.NullMarked;
