// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.memory;

import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy, with the locations of free buffers, available NICs and the application. That costs
 * nodes times NICs, however many buffers there are.
 */
final class BufferChooser {

  static final int ANY_NIC = -1;

  private final World world;
  private final String host;
  private final NumaTopology topology;
  private final NumaNode[] nodes;
  private final BufferOffers offers = new BufferOffers();
  private final List<Place> nics = new ArrayList<>(2);
  private boolean choosing;

  /** A NIC with what each node can offer for it. */
  private static final class Place {
    private final TransmitNic nic;
    private final int node;
    private final BufferOffer[] offers;

    Place(TransmitNic nic, int node, BufferOffer[] offers) {
      this.nic = nic;
      this.node = node;
      this.offers = offers;
    }
  }

  BufferChooser(World world, String host, NumaTopology topology, NumaNode[] nodes) {
    this.world = world;
    this.host = host;
    this.topology = topology;
    this.nodes = nodes;
  }

  int addNic(TransmitNic nic, int node) {
    int index = nics.size();
    BufferOffer[] ofNic = new BufferOffer[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      ofNic[i] = new BufferOffer(nodes[i], nic.name(), index, topology.distance(i, node));
    }
    nics.add(new Place(nic, node, ofNic));
    return index;
  }

  String nameOf(int nic) {
    return nics.get(nic).nic.name();
  }

  int nodeOf(int nic) {
    return nics.get(nic).node;
  }

  int indexOf(String name) {
    List<String> names = new ArrayList<>(nics.size());
    for (int i = 0; i < nics.size(); i++) {
      if (nics.get(i).nic.name().equals(name)) {
        return i;
      }
      names.add(nics.get(i).nic.name());
    }
    throw new IllegalArgumentException(
        "no PNIC named '" + name + "' on host " + host + "; it has " + names);
  }

  boolean isAvailable(int nic) {
    if (nic != ANY_NIC) {
      return nics.get(nic).nic.isAvailable();
    }
    for (int i = 0; i < nics.size(); i++) {
      if (nics.get(i).nic.isAvailable()) {
        return true;
      }
    }
    return false;
  }

  /** The available NIC that is nearest to a node; null if none is available. */
  @Nullable String nearestTo(int node) {
    BufferOffer nearest = null;
    for (int i = 0; i < nics.size(); i++) {
      BufferOffer offer = nics.get(i).offers[node];
      if (nics.get(i).nic.isAvailable() && (nearest == null || offer.toNic() < nearest.toNic())) {
        nearest = offer;
      }
    }
    return nearest == null ? null : nearest.nic();
  }

  /**
   * Where a buffer comes from; null if there is none, or the policy wants to wait.
   *
   * @param nic the one that it is for, or {@link #ANY_NIC} for one that is available
   */
  @Nullable BufferOffer choose(Application application, int nic, TransmitBufferPolicy policy) {
    if (choosing) {
      throw new IllegalStateException(
          "transmit buffer policy ("
              + policy
              + ") asks for a buffer while it chooses one; request it elsewhere");
    }
    collect(application, nic);
    if (offers.size() == 0) {
      return null;
    }
    choosing = true;
    try {
      return ask(policy);
    } finally {
      choosing = false;
    }
  }

  private void collect(Application application, int nic) {
    offers.begin(application);
    int from = application.location();
    for (int node = 0; node < nodes.length; node++) {
      if (nodes[node].size() > 0) {
        offers.sawNodeAt(topology.distance(from, node));
      }
      if (nodes[node].freeSlots() > 0) {
        collect(node, topology.distance(from, node), nic);
      }
    }
  }

  private void collect(int node, int distance, int nic) {
    for (int i = 0; i < nics.size(); i++) {
      Place place = nics.get(i);
      if (i == nic || (nic == ANY_NIC && place.nic.isAvailable())) {
        BufferOffer offer = place.offers[node];
        offer.setFromApplication(distance);
        offers.add(offer);
      }
    }
  }

  /** What a policy of the user throws or answers must not keep the others from their buffers. */
  private @Nullable BufferOffer ask(TransmitBufferPolicy policy) {
    if (policy instanceof CostPolicy) {
      return policy.choose(offers);
    }
    try {
      BufferOffer answer = policy.choose(offers);
      if (answer == null || offers.contains(answer)) {
        return answer;
      }
      throw new IllegalStateException(
          "transmit buffer policy ("
              + policy
              + ") chose "
              + answer
              + ", which is not among the offers "
              + offers
              + "; the nearest to the application is used instead");
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
      return TransmitBufferPolicies.nearApp().choose(offers);
    }
  }
}
