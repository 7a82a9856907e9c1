/**
 * Several physical NICs that the host sees as one: which of them carries the traffic, and what
 * happens when it fails.
 *
 * <p>The aggregator knows NICs and guests only as {@link dev.ringside.aggregate.Member} and {@link
 * dev.ringside.aggregate.Client}; {@code host} wires them. The step order of a failover is that of
 * section "active/standby failover" of the guide, and tests hold it.
 */
@NullMarked
package dev.ringside.aggregate;

import org.jspecify.annotations.NullMarked;
