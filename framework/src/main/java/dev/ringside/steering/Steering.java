// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.HeaderMatch;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.trace.Account;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steers attacks aside, on all cards of a host.
 *
 * <pre>{@code
 * Containment flood = host.steering().contain(tcp().syn().to(web).port(80));
 * lab.wire().replay(Path.of("syn-flood.pcap"));
 * host.pnic("p0").standbyRing().packets(); // the flood; web has got the rest
 * flood.remove();
 * }</pre>
 *
 * <p>A signature stands in front of everything else that a card classifies by, the newest first, so
 * it also covers what goes through virtual functions. It is on every active card; one that takes
 * over gets it before any virtual function of it is mapped. Each attack has a standby ring of its
 * own; where none is free, the software rings drop it. A packet is classified with a signature or
 * without it, never half.
 *
 * <p>Not modelled: that a flood keeps a processor busy. A guest that shall be slow is paused.
 */
public class Steering {

  private final SteeringSite site;
  private final World world;
  private final List<Card> cards = new ArrayList<>(2);
  private final List<Containment> containments = new ArrayList<>(2);
  private final List<SteeredDestination> destinations = new ArrayList<>(2);
  private final List<Detection> detections = new ArrayList<>(1);
  private final Map<Containment, Quarantine> quarantines = new LinkedHashMap<>();
  private @Nullable Account quarantineAccount;

  /** Creates one that steers nothing. */
  public Steering(SteeringSite site) {
    this.site = site;
    this.world = site.world();
    for (PhysicalNic nic : site.pnics()) {
      cards.add(new Card(site, nic));
    }
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  /** The name of the host. */
  public String hostName() {
    return site.name();
  }

  List<Card> cards() {
    return cards;
  }

  private Card card(PhysicalNic nic) {
    for (Card card : cards) {
      if (card.nic() == nic) {
        return card;
      }
    }
    throw new AssertionError(nic + " is not steered; please report this bug");
  }

  // ---- containing ----

  /** Contains an attack: from now on the host sees none of it. Idempotent. */
  public Containment contain(PacketMatcher signature) {
    return contain(signature, ContainmentPolicy.CONTAIN);
  }

  /**
   * Contains an attack by this policy. One that is contained already, by the same policy, stays as
   * it is.
   *
   * @throws IllegalArgumentException if it is contained by another policy
   * @throws IllegalStateException if the classifier of a card has no room for the signature; then
   *     nothing has changed
   */
  public Containment contain(PacketMatcher signature, ContainmentPolicy policy) {
    return world.call(
        () -> {
          Containment present = find(signature);
          if (present == null) {
            return install(SteeringParts.of(world).containment(this, signature, policy));
          }
          if (!present.policy().equals(policy)) {
            throw new IllegalArgumentException(
                present
                    + " goes by the policy '"
                    + present.policy()
                    + "', not '"
                    + policy
                    + "'; remove it first");
          }
          return present;
        });
  }

  private @Nullable Containment find(PacketMatcher signature) {
    for (Containment containment : containments) {
      if (isSame(containment.signature(), signature)) {
        return containment;
      }
    }
    return null;
  }

  private static boolean isSame(PacketMatcher one, PacketMatcher other) {
    HeaderMatch match = HeaderMatch.of(one);
    return one.equals(other) || (match != null && match.equals(HeaderMatch.of(other)));
  }

  private Containment install(Containment containment) {
    try {
      for (Card card : cards) {
        if (card.nic().isActive()) {
          card.install(containment);
        }
      }
    } catch (RuntimeException e) {
      withdraw(containment);
      throw e;
    }
    containments.add(containment);
    if (containment.policy().purge()) {
      site.purge(containment::covers);
    }
    PacketSink consumer = containment.policy().quarantine();
    if (consumer != null) {
      quarantineOf(containment, consumer).add(containment);
    }
    return containment;
  }

  /** What shares a ring shares the budget, too. */
  private Quarantine quarantineOf(Containment containment, PacketSink consumer) {
    Quarantine quarantine = null;
    for (Map.Entry<Containment, Quarantine> other : quarantines.entrySet()) {
      ContainmentPolicy policy = other.getKey().policy();
      if (policy.shared() && policy.equals(containment.policy())) {
        quarantine = other.getValue();
      }
    }
    if (quarantine == null) {
      quarantine = new Quarantine(site, quarantineAccount(), containment.policy(), consumer);
    }
    quarantines.put(containment, quarantine);
    return quarantine;
  }

  private Account quarantineAccount() {
    if (quarantineAccount == null) {
      quarantineAccount = world.ledger().open(Stage.QUARANTINE, site.name() + "/quarantine");
    }
    return quarantineAccount;
  }

  /** What is contained now, the oldest first. */
  public List<Containment> containments() {
    synchronized (world) {
      return List.copyOf(containments);
    }
  }

  void remove(Containment containment) {
    world.run(
        () -> {
          if (containments.remove(containment)) {
            Quarantine quarantine = quarantines.remove(containment);
            if (quarantine != null) {
              quarantine.remove(containment);
            }
            withdraw(containment);
          }
        });
  }

  private void withdraw(Containment containment) {
    containment.ended();
    for (Card card : cards) {
      card.remove(containment);
    }
  }

  // ---- destinations ----

  /**
   * Lets the software rings classify for this virtual machine, past the virtual switch. Idempotent.
   *
   * @throws IllegalArgumentException if there is no virtual machine of this name
   */
  public SteeredDestination steer(String vm) {
    return world.call(
        () -> {
          for (SteeredDestination destination : destinations) {
            if (destination.vm().equals(vm)) {
              return destination;
            }
          }
          SteeredDestination destination = new SteeredDestination(this, vm, site);
          try {
            for (Card card : cards) {
              destination.install(card);
            }
          } catch (RuntimeException e) {
            withdraw(destination);
            throw e;
          }
          destinations.add(destination);
          return destination;
        });
  }

  /** What the software rings classify for, in the order in which it was said. */
  public List<SteeredDestination> destinations() {
    synchronized (world) {
      return List.copyOf(destinations);
    }
  }

  void remove(SteeredDestination destination) {
    world.run(
        () -> {
          if (destinations.remove(destination)) {
            withdraw(destination);
          }
        });
  }

  private void withdraw(SteeredDestination destination) {
    destination.withdraw();
    for (Card card : cards) {
      card.software().releaseIfUnused();
    }
  }

  /**
   * The software ring that pulls from a receive ring of the host.
   *
   * @throws IllegalArgumentException if there is no such card or ring
   * @throws IllegalStateException if the card has none in use, because they have nothing to do
   */
  public SoftwareRing softwareRing(String pnic, int ring) {
    synchronized (world) {
      for (Card card : cards) {
        if (card.name().equals(pnic)) {
          card.nic().receiveRing(ring); // refuses a ring that there is not
          SoftwareRing found = card.software().get(ring);
          if (found == null) {
            throw new IllegalStateException(
                "no software ring pulls from "
                    + card.nic().receiveRing(ring).name()
                    + "; steer a virtual machine first");
          }
          return found;
        }
      }
      throw new IllegalArgumentException(
          "no PNIC named '" + pnic + "' on host " + site.name() + "; it has " + site.pnics());
    }
  }

  // ---- detecting ----

  /** Contains what this detector finds. */
  public Detection detect(DosDetector detector) {
    return detect(detector, ContainmentPolicy.CONTAIN);
  }

  /** Contains what this detector finds, by this policy. */
  public Detection detect(DosDetector detector, ContainmentPolicy policy) {
    return world.call(
        () -> {
          Detection detection = new Detection(this, detector, policy);
          detections.add(detection);
          tapAll();
          return detection;
        });
  }

  void stop(Detection detection) {
    world.run(
        () -> {
          detections.remove(detection);
          tapAll();
        });
  }

  private void tapAll() {
    PacketSink tap = detections.isEmpty() ? null : this::observe;
    for (Card card : cards) {
      card.nic().classifier().setTap(tap);
    }
  }

  private void observe(Packet packet) {
    for (Detection detection : List.copyOf(detections)) {
      PacketMatcher signature = detection.observe(packet);
      if (signature != null && find(signature) == null) {
        containDetected(detection, signature);
      }
    }
  }

  private void containDetected(Detection detection, PacketMatcher signature) {
    String words = PacketMatcher.describe(signature);
    world.record(site.name(), EventKind.ATTACK_DETECTED, detection.name(), words);
    try {
      detection.add(
          install(SteeringParts.of(world).containment(this, signature, detection.policy())));
    } catch (IllegalStateException | IllegalArgumentException e) {
      world.record(site.name(), Event.containmentRefused(words), String.valueOf(e.getMessage()));
    }
  }

  // ---- changes of the host; within an operation of the lab ----

  /** Another card was put in. */
  public void added(PhysicalNic nic) {
    Card card = new Card(site, nic);
    cards.add(card);
    for (SteeredDestination destination : destinations) {
      destination.install(card);
    }
    tapAll();
    if (nic.isActive()) {
      activating(nic);
    }
  }

  /** A card is about to become active: no packet of it may be classified without the signatures. */
  public void activating(PhysicalNic nic) {
    Card card = card(nic);
    for (Containment containment : containments) {
      card.installAnyhow(containment);
    }
  }

  /** A card is no longer active. */
  public void deactivated(PhysicalNic nic) {
    Card card = card(nic);
    for (Containment containment : List.copyOf(containments)) {
      card.remove(containment);
    }
  }

  /** A virtual machine is no more. */
  public void forget(String vm) {
    for (SteeredDestination destination : List.copyOf(destinations)) {
      if (destination.vm().equals(vm)) {
        remove(destination);
      }
    }
  }
}
