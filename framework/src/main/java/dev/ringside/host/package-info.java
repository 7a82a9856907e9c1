/**
 * Hosts: the place where the stages meet. No other package knows how data gets from one stage to
 * the next; here it can be read.
 *
 * <pre>
 *   receive   cable &gt; PhysicalNic &gt; ring of a function ------------------------------&gt; Vnic &gt; VM
 *                                 &gt; ring of the host &gt; LinkAggregator &gt; VirtualSwitch &gt; Vnic &gt; VM
 *                                 &gt; ring of the host &gt; SoftwareRing, where one is used ---&gt; Vnic &gt; VM
 *                                 &gt; standby ring, for attacks that are contained
 *   transmit  the same stages from right to left
 * </pre>
 */
@NullMarked
package dev.ringside.host;

import org.jspecify.annotations.NullMarked;
