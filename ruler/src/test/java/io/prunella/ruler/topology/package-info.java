/** Tests of the inventory and the topology. */
@NullMarked
package io.prunella.ruler.topology;

import org.jspecify.annotations.NullMarked;
