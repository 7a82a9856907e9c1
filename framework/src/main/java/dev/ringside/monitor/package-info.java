/**
 * Selective monitoring: packets that match go straight to the memory of a monitoring application,
 * with one copy; the rest goes on, to the guests or through a second card.
 *
 * <pre>
 *                      .- match --&gt; MonitorRing --(one copy)--&gt; UserMemory --&gt; application
 *   card 1, classifier |                                          consume, re-inject, block
 *                      `- else ---&gt; receive ring --&gt; BridgeVnic --&gt; transmit ring of card 2
 *                                        `--&gt; or the guests, where no bridge joins two cards
 * </pre>
 *
 * <p>A monitor sees packets as its card does: before address filters, so also those for others that
 * the switch outside has flooded; behind the steering of attacks, of which it sees a sample at
 * most.
 *
 * <p>Not modelled: what the copy and the analysis cost in time; several applications on one memory.
 */
@NullMarked
package dev.ringside.monitor;

import org.jspecify.annotations.NullMarked;
