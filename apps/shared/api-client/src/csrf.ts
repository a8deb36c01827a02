import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

interface CsrfState {
  token: string | null;
}

const initialState: CsrfState = { token: null };

/** The token that the session's answers carry and every write has to send back. Null before the session is known. */
export const csrfSlice = createSlice({
  name: 'csrf',
  initialState,
  reducers: {
    tokenReceived: (state, { payload }: PayloadAction<string>) => {
      state.token = payload;
    },
    tokenForgotten: (state) => {
      state.token = null;
    },
  },
});

export const { tokenReceived, tokenForgotten } = csrfSlice.actions;

export function csrfToken(state: unknown): string | null {
  return (state as Partial<Record<'csrf', CsrfState>>).csrf?.token ?? null;
}
