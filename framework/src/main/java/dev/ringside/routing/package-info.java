// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * Routers between subnets, and the subnets.
 *
 * <pre>
 *                     own address? ---&gt; ICMP echo answered, the rest ends here
 *                    /
 *   port A --&gt; queue --&gt; route? --&gt; hops left? --&gt; fits? --&gt; neighbour? --&gt; port B
 *     ^               NO_ROUTE     TTL         TOO_LONG    waits, NO_PEER
 *     `-- ICMP:       unreachable  exceeded    too big     unreachable
 * </pre>
 */
@NullMarked
package dev.ringside.routing;

import org.jspecify.annotations.NullMarked;
