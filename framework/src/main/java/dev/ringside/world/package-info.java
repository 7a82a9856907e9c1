/**
 * What all devices of one lab share: {@link dev.ringside.world.World} is its lock, its clock, its
 * luck, its journal and its ledger.
 */
@NullMarked
package dev.ringside.world;

import org.jspecify.annotations.NullMarked;
