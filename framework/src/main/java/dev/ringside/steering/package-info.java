/**
 * Containing attacks: what a signature matches is steered aside by the card's classifier, into a
 * standby ring that the host does not drain, so that the attack costs the host nothing.
 *
 * <pre>
 *                                   +-- signature --&gt; standby ring ............... stays there
 *   wire --&gt; hardware classifier ---+
 *                                   `-- all else ---&gt; receive ring --&gt; software ring --&gt; guest
 *                                                                     `-- signature, where the card
 *                                                                         has no standby ring free
 * </pre>
 *
 * <p>The control of it, not a stage on the data's way: it stands above the stages, and below {@code
 * host}, which tells it what there is to steer.
 */
@NullMarked
package dev.ringside.steering;

import org.jspecify.annotations.NullMarked;
