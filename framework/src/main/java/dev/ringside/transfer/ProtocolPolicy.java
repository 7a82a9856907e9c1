// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import java.util.EnumSet;
import java.util.Set;

/**
 * Chooses the protocol for a set of media; a pure function, which is asked anew whenever something
 * has moved or failed.
 *
 * <pre>{@code
 * ProtocolPolicy noCopies = media -> Protocol.TCP_IP;
 * ProtocolPolicy standard = ProtocolPolicy.byMedia();
 * }</pre>
 */
@FunctionalInterface
public interface ProtocolPolicy {

  /**
   * Chooses a protocol.
   *
   * @param media what has to be crossed, one at least; cannot be changed
   * @return one that {@linkplain Protocol#carriesOver gets over} all of them; with any other one
   *     the transfer fails
   */
  Protocol choose(Set<Media> media);

  /**
   * The usual table, which is the cheapest protocol that gets over all of the media: loopback
   * within a host, RDMA over the interconnect alone, TCP/IP over whatever has the network in it.
   */
  static ProtocolPolicy byMedia() {
    return Cheapest.POLICY;
  }

  /** The same, but this protocol for exactly this set of media. */
  default ProtocolPolicy with(Set<Media> exactly, Protocol protocol) {
    Set<Media> copy = EnumSet.noneOf(Media.class);
    copy.addAll(exactly);
    return media -> media.equals(copy) ? protocol : choose(media);
  }
}
