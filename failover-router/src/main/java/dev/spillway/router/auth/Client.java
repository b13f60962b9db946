package dev.spillway.router.auth;

/** Somebody who may call the router. */
public record Client(String name, Secret key) {}
