/** Tests of single checks; what packs are told lies in the fixtures. */
@NullMarked
package io.prunella.compiler.check;

import org.jspecify.annotations.NullMarked;
