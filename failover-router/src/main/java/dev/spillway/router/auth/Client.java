package dev.spillway.router.auth;

/** Somebody who may call the router, and the key that says who it is. */
public record Client(Caller caller, Secret key) {}
