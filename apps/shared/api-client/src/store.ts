import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { setupListeners } from '@reduxjs/toolkit/query';

import { api } from './api';
import { csrfSlice } from './csrf';

const reducer = combineReducers({ [api.reducerPath]: api.reducer, [csrfSlice.name]: csrfSlice.reducer });

/** A store with the API's cache. Answers are asked for again when the window gets the focus or the network is back. */
export function createStore() {
  const store = configureStore({ reducer, middleware: (standard) => standard().concat(api.middleware) });
  setupListeners(store.dispatch);
  return store;
}

export type AppStore = ReturnType<typeof createStore>;
export type RootState = ReturnType<typeof reducer>;
