/**
 * Transfers that go by the protocol that suits the media of their path.
 *
 * <pre>
 *   path    web ------------- db ------------- station        a hop between every two nodes
 *   media   {CHASSIS_INTERCONNECT}  {CHASSIS_INTERCONNECT, STANDARD_NETWORK}
 *             | policy                | policy                a pure function of the set
 *   protocol  RDMA                    TCP_IP
 *             | chunks into           | segments with
 *             | posted buffers        | sequence numbers
 *   bytes   message --&gt; store of db --&gt; store of station      in order, each once
 * </pre>
 *
 * <p>Terms. A <em>unit</em> is what a protocol carries at a time: the whole message, a buffer full,
 * a segment. A <em>stretch</em> is the part of a hop that went by one protocol over one set of
 * media. Between two units a hop asks whether anything has moved or failed since; if so, it lets
 * what is in flight be acknowledged, asks the policy again, and goes on at the first byte that was
 * not acknowledged.
 *
 * <p>Not modelled: what a protocol costs in time (policies compare a model of it); limits of a
 * relay's memory; losses on the interconnect.
 *
 * <p>Where nodes are is asked through {@link dev.ringside.transfer.Whereabouts}, which the owner of
 * the topology implements.
 */
@NullMarked
package dev.ringside.transfer;

import org.jspecify.annotations.NullMarked;
