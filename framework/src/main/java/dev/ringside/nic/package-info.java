/**
 * What is on the card: filters and classifier, receive-side scaling, receive and transmit rings,
 * virtual functions.
 *
 * <pre>
 *   wire --&gt; PhysicalNic --&gt; HardwareClassifier --&gt; RingGroup --&gt; ReceiveRing --&gt; virtual function --&gt; guest
 *                                               `-&gt; RingGroup --&gt; ReceiveRing --&gt; host
 *   wire &lt;-- transmit scheduler &lt;-- transmit ring &lt;-- virtual function &lt;-- guest
 *                               `-- transmit ring &lt;-- host
 * </pre>
 *
 * <p>The card knows its neighbours as {@link dev.ringside.packet.PacketSink} and {@link
 * dev.ringside.ring.Receiver} only; {@code host} wires them.
 */
@NullMarked
package dev.ringside.nic;

import org.jspecify.annotations.NullMarked;
